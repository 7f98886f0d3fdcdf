using System.Diagnostics;
using System.Text.Json;

namespace AInimEngine.Cli.Tests;

/// <summary>The ffmpeg programs as independent witnesses: called directly, not through our Media room.</summary>
internal static class Ffmpeg
{
    /// <summary>Runs ffmpeg; throws with its words when it fails.</summary>
    internal static void Run(params string[] arguments) => Call("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);

    /// <summary>What ffprobe says, frames counted.</summary>
    internal static JsonElement Probe(string path) => JsonDocument.Parse(
        Call("ffprobe", ["-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", "file:" + path])).RootElement;

    /// <summary>The first stream of a kind.</summary>
    internal static JsonElement Stream(JsonElement probe, string kind) =>
        probe.GetProperty("streams").EnumerateArray().First(s => s.GetProperty("codec_type").GetString() == kind);

    /// <summary>Mean luma of every picture, 0..255, decoded by ffmpeg.</summary>
    internal static double[] Brightness(string path, int width, int height)
    {
        string raw = path + ".gray";
        Run("-i", "file:" + path, "-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "gray", "-vsync", "passthrough", raw);
        byte[] bytes = File.ReadAllBytes(raw);
        File.Delete(raw);
        int size = width * height;
        var means = new double[bytes.Length / size];
        for (int k = 0; k < means.Length; k++)
        {
            long sum = 0;
            for (int i = 0; i < size; i++)
                sum += bytes[k * size + i];
            means[k] = (double)sum / size;
        }
        return means;
    }

    /// <summary>The sound of a file as mono float32 at 48 kHz.</summary>
    internal static float[] Sound(string path)
    {
        string raw = path + ".f32";
        Run("-i", "file:" + path, "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "f32le", raw);
        byte[] bytes = File.ReadAllBytes(raw);
        File.Delete(raw);
        var samples = new float[bytes.Length / 4];
        Buffer.BlockCopy(bytes, 0, samples, 0, samples.Length * 4);
        return samples;
    }

    private static string Call(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)}: {error.GetAwaiter().GetResult()}");
    }
}
