using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Cli.Tests;

/// <summary>Sounds whose truth is known, written as WAV files.</summary>
internal static class TestSound
{
    internal const int Rate = 48000;

    /// <summary>Clicks of 5 ms decaying noise in silence.</summary>
    internal static float[] Clicks(double seconds, IEnumerable<double> times)
    {
        var samples = new float[(int)Math.Round(seconds * Rate)];
        foreach (double time in times)
            for (int i = 0, at = (int)Math.Ceiling(time * Rate); i < 240 && at + i < samples.Length; i++)
                samples[at + i] = (i == 0 ? 1f : Philox.Uniform(1, 2, (ulong)i) * 2 - 1) * 0.9f * MathF.Exp(-i / 60f);
        return samples;
    }

    /// <summary>A small tune: a moving chord with a kick every half second and a noise tick between. A copy of one made before, where there is one.</summary>
    internal static float[] Tune(double seconds, ulong seed = 1) => [.. s_tunes.GetOrAdd((seconds, seed), key => MakeTune(key.Seconds, key.Seed))];

    private static readonly ConcurrentDictionary<(double Seconds, ulong Seed), float[]> s_tunes = new();

    private static float[] MakeTune(double seconds, ulong seed)
    {
        var samples = new float[(int)Math.Round(seconds * Rate)];
        double[] scale = [220, 261.63, 293.66, 329.63, 392];
        for (int i = 0; i < samples.Length; i++)
        {
            double t = (double)i / Rate;
            double beat = t % 0.5, tick = (t + 0.25) % 0.5;
            double chord = scale[(int)Philox.Hash(seed, 3, (ulong)(t / 2)) & 3];
            double pad = 0.12 * Math.Sin(2 * Math.PI * chord * t) + 0.08 * Math.Sin(2 * Math.PI * chord * 1.5 * t);
            double kick = 0.7 * Math.Exp(-beat * 18) * Math.Sin(2 * Math.PI * (50 * beat + 4 * (1 - Math.Exp(-beat * 40))));
            double hat = 0.2 * Math.Exp(-tick * 60) * (Philox.Uniform(seed, 4, (ulong)i) * 2 - 1);
            samples[i] = (float)(pad + kick + hat);
        }
        return samples;
    }

    /// <summary>Writes float32 WAV; samples are repeated on every channel, and the whole <paramref name="times"/> times over.</summary>
    internal static string WriteWav(string path, float[] mono, int channels = 1, int rate = Rate, int times = 1)
    {
        using var writer = new BinaryWriter(File.Create(path));
        float[] samples = channels == 1 ? mono : [.. mono.SelectMany(sample => Enumerable.Repeat(sample, channels))];
        int bytes = samples.Length * times * 4;
        writer.Write("RIFF"u8);
        writer.Write(36 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)3);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * 4);
        writer.Write((short)(channels * 4));
        writer.Write((short)32);
        writer.Write("data"u8);
        writer.Write(bytes);
        for (int time = 0; time < times; time++)
            writer.Write(MemoryMarshal.AsBytes<float>(samples));
        return path;
    }
}
