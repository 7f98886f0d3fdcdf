using System.Diagnostics;
using System.Runtime.InteropServices;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Rendering.Tests.Support;

/// <summary>An X server without a screen for the tests of a class: what it shows can be read, and real keys pressed.</summary>
public sealed class XServer : IDisposable
{
    public const int Width = 1024, Height = 768;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process? _process;

    public XServer()
    {
        foreach (string tool in new[] { "Xvfb", "xdotool", "xwd" })
            if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))))
            {
                Missing = $"{tool} is not installed";
                return;
            }
        // The server chooses a free number and says it when it listens.
        _process = Start("Xvfb", true, "-displayfd", "1", "-screen", "0", $"{Width}x{Height}x24", "-nolisten", "tcp", "-noreset");
        if (_process.StandardOutput.ReadLine() is { Length: > 0 } number)
            Name = $":{number}";
        else
            Missing = "Xvfb does not start";
    }

    /// <summary>":99".</summary>
    public string Name { get; } = "";

    /// <summary>Why there is none; null when there is.</summary>
    public string? Missing { get; }

    /// <summary>Runs xdotool.</summary>
    public void Do(params string[] arguments)
    {
        using Process process = Start("xdotool", false, arguments);
        Assert.True(process.WaitForExit(Patience), "xdotool hangs");
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>What is on the screen, as somebody in front of it sees it.</summary>
    internal Image Screen()
    {
        using Process process = Start("xwd", true, "-root", "-silent");
        using var dump = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(dump);
        Assert.True(process.WaitForExit(Patience), "xwd hangs");
        byte[] bytes = dump.ToArray();
        // XWDFileHeader: 32-bit numbers, most significant byte first; then the colour map, 12 bytes an entry.
        int Number(int index) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(index * 4));
        int width = Number(4), height = Number(5), stride = Number(12), start = Number(0) + Number(19) * 12, size = stride / width;
        Assert.Equal((Width, Height), (width, height));
        // Where windows have several visuals, xwd says 24 bits, has room for 32 in every row, and writes the one or the other: with
        // 32, every fourth byte is the same.
        if (size == 4 && Number(11) == 24 && !IsPadded(bytes.AsSpan(start, stride * height)))
            size = 3;
        bool leastFirst = Number(7) == 0;
        int Byte(int mask) => leastFirst ? System.Numerics.BitOperations.TrailingZeroCount(mask) / 8 : size - 1 - System.Numerics.BitOperations.TrailingZeroCount(mask) / 8;
        (int red, int green, int blue) = (Byte(Number(14)), Byte(Number(15)), Byte(Number(16)));
        var image = new Image(width, height, PixelFormat.Rgba8);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int from = start + y * stride + x * size, to = (y * width + x) * 4;
                (image.Bytes[to], image.Bytes[to + 1], image.Bytes[to + 2], image.Bytes[to + 3]) = (bytes[from + red], bytes[from + green], bytes[from + blue], 255);
            }
        return image;
    }

    private static bool IsPadded(ReadOnlySpan<byte> rows)
    {
        for (int i = 3; i < rows.Length; i += 4)
            if (rows[i] != rows[3])
                return false;
        return true;
    }

    /// <summary>Asks until it is so; fails after a time that only a broken program needs.</summary>
    /// <param name="so">What is waited for.</param>
    /// <param name="what">In words.</param>
    /// <param name="patience">Longest time; null for twenty seconds.</param>
    public static void Until(Func<bool> so, string what, TimeSpan? patience = null)
    {
        long start = Stopwatch.GetTimestamp();
        while (!so())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < (patience ?? Patience), $"{what} did not happen");
            Core.Time.Deadline.Wait(Stopwatch.GetTimestamp() + Stopwatch.Frequency / 200);
        }
    }

    public void Dispose()
    {
        if (_process is null)
            return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private Process Start(string program, bool read, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = read, RedirectStandardError = true };
        start.Environment["DISPLAY"] = Name;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
