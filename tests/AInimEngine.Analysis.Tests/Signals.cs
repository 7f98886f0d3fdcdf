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

    /// <summary>A held minor ninth chord, slightly detuned, with a slow swell and a breath of noise.</summary>
    internal static float[] Pad(int length, float amplitude)
    {
        float[] sound = Noise(5, amplitude * 0.003f, length);
        var chord = new double[length];
        ReadOnlySpan<double> notes = [110, 164.81, 220, 261.63, 329.63, 493.88];
        foreach (double note in notes)
        {
            for (int harmonic = 1; harmonic <= 5; harmonic++)
            {
                for (int voice = -1; voice <= 1; voice += 2)
                    AddTone(chord, note * harmonic * (1 + voice * 0.0015), amplitude / 6.0 / harmonic / harmonic, note * harmonic + voice);
            }
        }
        for (int i = 0; i < length; i++)
            sound[i] += (float)(chord[i] * (1 + 0.3 * Math.Sin(2 * Math.PI * 0.2 * i / Hop.SampleRate)));
        return sound;
    }

    /// <summary>A sine by the recurrence s[n] = 2 cos w s[n-1] - s[n-2]: sixty of them by the library would take the tests' time.</summary>
    private static void AddTone(double[] sound, double hertz, double amplitude, double phase)
    {
        double step = 2 * Math.PI * hertz / Hop.SampleRate, twice = 2 * Math.Cos(step);
        double last = amplitude * Math.Sin(phase - step), before = amplitude * Math.Sin(phase - 2 * step);
        for (int i = 0; i < sound.Length; i++)
        {
            double now = twice * last - before;
            sound[i] += now;
            (before, last) = (last, now);
        }
    }

    /// <summary>A sine that falls from 160 to 48 Hz and dies in a quarter of a second; no click, and no step where it ends.</summary>
    internal static void AddKick(float[] sound, long at, float amplitude)
    {
        double phase = 0;
        for (int i = 0; i < 14400 && at + i < sound.Length; i++)
        {
            double t = (double)i / Hop.SampleRate;
            phase += 2 * Math.PI * (48 + 112 * Math.Exp(-t / 0.03)) / Hop.SampleRate;
            sound[at + i] += (float)(amplitude * Math.Min(1, (14400 - i) / 2400.0) * Math.Exp(-t / 0.1) * Math.Sin(phase));
        }
    }

    /// <summary>A tone and noise.</summary>
    internal static void AddSnare(float[] sound, long at, float amplitude, ulong seed)
    {
        float[] noise = Noise(seed, 1, 9600);
        for (int i = 0; i < noise.Length && at + i < sound.Length; i++)
        {
            double t = (double)i / Hop.SampleRate;
            sound[at + i] += (float)(amplitude * Math.Min(1, (9600 - i) / 2400.0) * (0.5 * noise[i] * Math.Exp(-t / 0.06) + 0.5 * Math.Sin(2 * Math.PI * 190 * t) * Math.Exp(-t / 0.09)));
        }
    }

    /// <summary>A short burst of bright noise.</summary>
    internal static void AddHat(float[] sound, long at, float amplitude, ulong seed)
    {
        float[] noise = Noise(seed + 1000, 1, 3000);
        for (int i = 1; i < noise.Length && at + i < sound.Length; i++)
            sound[at + i - 1] += (float)(amplitude * 0.7 * (noise[i] - noise[i - 1]) * Math.Exp(-i / 900.0));
    }

    /// <summary>Pad and drums at 120 beats a minute, with a bar of rest every fourth bar.</summary>
    internal static float[] Music(int length)
    {
        float[] sound = Pad(length, 0.12f);
        for (int sixteenth = 0; sixteenth * 6000 < length; sixteenth++)
        {
            long at = sixteenth * 6000L;
            if (sixteenth / 16 % 4 == 3)
                continue;
            if (sixteenth % 4 == 0)
                AddKick(sound, at, 0.6f);
            if (sixteenth % 8 == 4)
                AddSnare(sound, at, 0.35f, (ulong)sixteenth);
            if (sixteenth % 2 == 0)
                AddHat(sound, at, sixteenth % 4 == 2 ? 0.12f : 0.06f, (ulong)sixteenth);
        }
        return sound;
    }
}
