using System.Collections.Concurrent;
using System.Diagnostics;

namespace AInimEngine.Media.Tests;

/// <summary>A folder of its own for one test class, and the ffmpeg that makes what the tests feed in.</summary>
public sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ainim-media-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Runs the real ffmpeg in the folder; the last word is the output's name.</summary>
    public string Make(string output, params string[] words)
    {
        var start = new ProcessStartInfo("ffmpeg") { WorkingDirectory = Folder, RedirectStandardError = true };
        foreach (string word in (string[])["-nostdin", "-v", "error", "-y", .. words, "file:" + this[output]])
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"ffmpeg {string.Join(' ', words)}: {errors}");
        return this[output];
    }

    /// <summary>A sound with a click (30 ms of 1 kHz, loud) at every second over a quiet tone.</summary>
    public string Clicks(string output, double seconds, params string[] words)
    {
        byte[] made = s_clicks.GetOrAdd((Path.GetExtension(output), seconds, string.Join(' ', words)), _ => new(() => File.ReadAllBytes(Make(output,
        [
            "-f", "lavfi", "-i",
            $"aevalsrc=0.02*sin(440*2*PI*t)+0.6*sin(1000*2*PI*t)*lt(mod(t\\,1)\\,0.03):d={seconds}:s=44100", .. words,
        ])))).Value;
        File.WriteAllBytes(this[output], made);
        return this[output];
    }

    // The same few sounds serve many tests: each is made once.
    private static readonly ConcurrentDictionary<(string Extension, double Seconds, string Words), Lazy<byte[]>> s_clicks = new();

    /// <summary>The presentation times of all video packets, in ticks.</summary>
    public long[] PacketTimes(string path)
    {
        var start = new ProcessStartInfo("ffprobe") { WorkingDirectory = Folder, RedirectStandardOutput = true };
        foreach (string word in (string[])["-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts", "-of", "csv=p=0", path])
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line.Split(',')[0]))];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
