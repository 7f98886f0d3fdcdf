using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AInimEngine.Analysis.Loudness;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Randomness;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media;

namespace AInimEngine.Engine.Tests;

/// <summary>Our meter over the native sound against ffmpeg's own.</summary>
public sealed class LoudnessAgreementTests
{
    private static readonly int[] s_rates = [44100, 48000, 96000, 32000, 22050];
    private static readonly int[] s_channels = [1, 2, 6, 4];

    [Fact]
    public void MeterAgreesWithFFmpegOnTwentyTracksWithinATenth()
    {
        using var folder = new ScratchFolder();
        var off = new List<string>();
        for (int track = 0; track < 20; track++)
        {
            int rate = s_rates[track % s_rates.Length], channels = s_channels[track / s_rates.Length];
            string path = folder[$"{track}.wav"];
            Write(path, Music(track, rate, channels), rate, channels);
            double ours = Measure(path), theirs = Ask(path);
            if (!(Math.Abs(ours - theirs) <= 0.1))
                off.Add($"{rate} Hz, {channels} channels: {ours:f2} against {theirs:f2}");
        }
        Assert.Empty(off);
    }

    private static double Measure(string path)
    {
        using NativeSound sound = NativeSound.Open(path);
        var meter = new LoudnessMeter(sound.SampleRate, sound.Channels, sound.ChannelLayout);
        var block = new float[4096 * sound.Channels];
        for (int read; (read = sound.Read(block)) > 0;)
            meter.Write(new AudioBlock(block.AsSpan(0, read * sound.Channels), sound.SampleRate, sound.Channels, sound.Position - read));
        return meter.Report().Integrated;
    }

    private static double Ask(string path)
    {
        var start = new ProcessStartInfo(FFmpegTools.Find().FFmpegPath,
            ["-hide_banner", "-nostdin", "-v", "error", "-i", path, "-af", "ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-", "-f", "null", "-"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string last = process.StandardOutput.ReadToEnd().Split('\n').Last(line => line.StartsWith("lavfi.r128.I=", StringComparison.Ordinal));
        process.WaitForExit();
        return double.Parse(last["lavfi.r128.I=".Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Eight seconds of tones and noise whose level goes up and down, different on each channel.</summary>
    private static float[] Music(int seed, int rate, int channels)
    {
        var sound = new float[8 * rate * channels];
        Philox.Normal((ulong)seed, 5, sound);
        for (int i = 0; i < sound.Length; i++)
        {
            int channel = i % channels;
            double t = (double)(i / channels) / rate;
            double tone = Math.Sin(2 * Math.PI * (60 * (1 + seed) + 170 * channel) * t);
            double level = 0.15 * (1 + Math.Sin(t * (1 + 0.3 * channel) + seed)) * (t > 5 ? 0.05 : 1) + 0.002;
            sound[i] = (float)(level * (0.3 * sound[i] + tone));
        }
        return sound;
    }

    private static void Write(string path, float[] interleaved, int rate, int channels)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("RIFF"u8);
        writer.Write(36 + interleaved.Length * 4);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)3);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * 4);
        writer.Write((short)(channels * 4));
        writer.Write((short)32);
        writer.Write("data"u8);
        writer.Write(interleaved.Length * 4);
        writer.Write(MemoryMarshal.AsBytes<float>(interleaved));
    }
}
