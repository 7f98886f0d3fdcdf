using System.Runtime.InteropServices;

namespace AInimEngine.Audio.Tests.Support;

/// <summary>Sounds with known truth, and what is measured of them.</summary>
internal static class TestTone
{
    /// <summary>A stereo sine: the left side at one frequency, the right at another.</summary>
    internal static float[] Sine(double seconds, double amplitude, double left = 1000, double? right = null)
    {
        float[] sound = new float[2 * (int)(seconds * 48000)];
        for (int i = 0; i < sound.Length / 2; i++)
        {
            sound[2 * i] = (float)(amplitude * Math.Sin(2 * Math.PI * left * i / 48000));
            sound[(2 * i) + 1] = (float)(amplitude * Math.Sin(2 * Math.PI * (right ?? left) * i / 48000));
        }
        return sound;
    }

    /// <summary>Writes raw float32.</summary>
    internal static string Write(string path, float[] sound)
    {
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>(sound));
        return path;
    }

    /// <summary>Amplitude of one frequency on one side (Goertzel's sum, Hann window), so that phase and ends do not matter.</summary>
    internal static double Amplitude(ReadOnlySpan<float> interleaved, int side, double frequency)
    {
        int count = interleaved.Length / 2;
        double real = 0, imaginary = 0;
        for (int i = 0; i < count; i++)
        {
            double window = 1 - Math.Cos(2 * Math.PI * (i + 0.5) / count), angle = 2 * Math.PI * frequency * i / 48000;
            real += window * interleaved[(2 * i) + side] * Math.Cos(angle);
            imaginary += window * interleaved[(2 * i) + side] * Math.Sin(angle);
        }
        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / count;
    }

    /// <summary>RMS over both sides, dBFS.</summary>
    internal static double Decibels(ReadOnlySpan<float> interleaved)
    {
        double power = 0;
        foreach (float sample in interleaved)
            power += (double)sample * sample;
        return 10 * Math.Log10(Math.Max(power / interleaved.Length, 1e-20));
    }
}
