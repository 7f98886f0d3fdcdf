using AInimEngine.Core.Randomness;

namespace AInimEngine.Analysis.Tests;

/// <summary>Sounds whose features are known: one channel each, at 48 kHz.</summary>
internal static class Signals
{
    internal static float[] Sine(double hertz, float amplitude, int length, double phase = 0)
    {
        var sound = new float[length];
        for (int i = 0; i < length; i++)
            sound[i] = (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / Hop.SampleRate + phase));
        return sound;
    }

    internal static float[] Noise(ulong seed, float rms, int length)
    {
        var sound = new float[length];
        Philox.Normal(seed, 77, sound);
        for (int i = 0; i < length; i++)
            sound[i] *= rms;
        return sound;
    }

    /// <summary>Single samples of the given height.</summary>
    internal static float[] Clicks(ReadOnlySpan<long> at, float height, int length)
    {
        var sound = new float[length];
        foreach (long sample in at)
            sound[sample] = height;
        return sound;
    }

    /// <summary>The same sound on both channels, interleaved.</summary>
    internal static float[] Stereo(float[] mono)
    {
        var sound = new float[mono.Length * 2];
        for (int i = 0; i < mono.Length; i++)
            sound[2 * i] = sound[2 * i + 1] = mono[i];
        return sound;
    }
}
