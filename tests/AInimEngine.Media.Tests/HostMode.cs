using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

/// <summary>
/// This assembly started with AINIM_MEDIA_HOST set is no test run but a process of its own: one that encodes and decodes
/// until it is told to finish or killed, or one that measures memory without a test runner's garbage in it.
/// </summary>
internal static class HostMode
{
    public const string FolderVariable = "AINIM_MEDIA_HOST";
    public const string MeasureVariable = "AINIM_MEDIA_MEASURE";

    /// <summary>The words that start this assembly again.</summary>
    public static string[] Command => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, typeof(HostMode).Assembly.Location]
        : [Environment.ProcessPath!];

#pragma warning disable CA2255 // The runner owns Main; this is the only place before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(MeasureVariable) is { } path)
            Measure(path);
        else if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
            EncodeAndDecode(folder);
        else
            return;
        Console.Out.Flush();
        Environment.Exit(0);
    }

    /// <summary>Prints the seconds decoded, then managed bytes allocated (live ones are no more) between minute one and the end.</summary>
    private static void Measure(string path)
    {
        using AudioFile sound = AudioFile.Open(path);
        sound.SkipTo(60 * AudioFile.SampleRate);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        sound.SkipTo(long.MaxValue);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sound.Position / AudioFile.SampleRate} {allocated}"));
    }

    private static void EncodeAndDecode(string folder)
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            Console.WriteLine("interrupted");
        });
        using var frame = new Image(64, 64, PixelFormat.Rgba8);
        using VideoEncoder encoder = VideoEncoder.Start(new EncoderSettings(64, 64, new Rational(30, 1)), Path.Combine(folder, "s.mp4"));
        encoder.Write(frame);
        using AudioFile sound = AudioFile.Open(Path.Combine(folder, "long.wav"));
        Console.WriteLine(string.Join(' ', sound.ProcessIds.Append(encoder.ProcessId).Select(id => id.ToString(CultureInfo.InvariantCulture))));
        Console.ReadLine();
        encoder.Write(frame);
        encoder.Finish();
        Console.WriteLine("finished");
    }
}
