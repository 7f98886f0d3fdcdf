using System.Runtime.InteropServices;

namespace AInimEngine.Media.Tests;

/// <summary>Writes float32 WAV files byte by byte, so that they hold what no encoder would write.</summary>
internal static class WavFile
{
    public static string Write(string path, float[] interleaved, int channels, int rate)
    {
        byte[] data = MemoryMarshal.AsBytes<float>(interleaved).ToArray();
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("RIFF"u8);
        writer.Write(36 + data.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)3);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * 4);
        writer.Write((short)(channels * 4));
        writer.Write((short)32);
        writer.Write("data"u8);
        writer.Write(data.Length);
        writer.Write(data);
        return path;
    }

    public static float[] Sine(double frequency, double seconds, int rate, int channels = 1, double amplitude = 0.5)
    {
        float[] samples = new float[(int)(seconds * rate) * channels];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)(amplitude * Math.Sin(2 * Math.PI * frequency * (i / channels) / rate));
        return samples;
    }
}
