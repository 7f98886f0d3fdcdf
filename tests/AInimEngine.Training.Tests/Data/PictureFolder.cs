using System.Diagnostics;
using AInimEngine.Core.Randomness;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

/// <summary>A folder of pictures and a folder for sets, both gone afterwards.</summary>
public sealed class PictureFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ainim-data-").FullName;

    public PictureFolder()
    {
        Directory.CreateDirectory(Pictures);
    }

    public string Pictures => Path.Combine(_root, "pictures");

    public string Cache => Path.Combine(_root, "cache");

    public string this[string name] => Path.Combine(Pictures, name);

    /// <summary>Sets of this folder, unless settings say another path.</summary>
    internal TrainingData Build(int resolution, Func<DataSettings, DataSettings>? with = null)
    {
        var settings = new DataSettings(Pictures, resolution);
        return new TrainingSetBuilder(Cache).Build(with?.Invoke(settings) ?? settings, cancellation: TestContext.Current.CancellationToken);
    }

    internal void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
    }

    /// <summary>Unlike pictures ("z00.png" and on): coarse noise.</summary>
    internal void Fill(int count, int side = 32, string prefix = "z", ulong seed = 1)
    {
        for (int i = 0; i < count; i++)
            Write($"{prefix}{i:00}.png", Noise(side, seed, (ulong)i));
    }

    internal static byte[] Noise(int side, ulong seed, ulong index)
    {
        var pixels = new ushort[side * side * 3];
        for (int p = 0; p < pixels.Length; p++)
        {
            int x = p / 3 % side * 8 / side, y = p / 3 / side * 8 / side;
            pixels[p] = (byte)(Philox.Hash(seed, index, (ulong)(y * 8 + x) * 3 + (ulong)(p % 3)) & 255);
        }
        return PictureBytes.Png(side, side, 3, pixels);
    }

    /// <summary>Runs the real ffmpeg; the last word is the output's name.</summary>
    internal void Make(string output, params string[] words)
    {
        var start = new ProcessStartInfo("ffmpeg") { WorkingDirectory = Pictures, RedirectStandardError = true };
        foreach (string word in (string[])["-nostdin", "-v", "error", "-y", .. words, "file:" + this[output]])
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"ffmpeg {string.Join(' ', words)}: {errors}");
    }

    /// <summary>Whether a program without output succeeds.</summary>
    internal static bool Run(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
