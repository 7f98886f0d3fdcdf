using System.Buffers.Binary;
using System.Security.Cryptography;
using AInimEngine.DemoTrack.Mixing;

namespace AInimEngine.DemoTrack.Output;

/// <summary>24-bit stereo PCM.</summary>
public static class Pcm
{
    /// <summary>Interleaved little-endian samples of three bytes.</summary>
    public static byte[] Of(Bus bus)
    {
        var bytes = new byte[bus.Left.Length * 6];
        for (int i = 0; i < bus.Left.Length; i++)
        {
            Put(bytes.AsSpan(i * 6, 3), bus.Left[i]);
            Put(bytes.AsSpan(i * 6 + 3, 3), bus.Right[i]);
        }
        return bytes;

        static void Put(Span<byte> target, float value)
        {
            int sample = (int)Math.Round(Math.Clamp(value, -1f, 1f) * 8388607.0);
            target[0] = (byte)sample;
            target[1] = (byte)(sample >> 8);
            target[2] = (byte)(sample >> 16);
        }
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Hash(byte[] pcm) => Convert.ToHexStringLower(SHA256.HashData(pcm));

    /// <summary>Writes a WAV file.</summary>
    public static void WriteWav(string path, byte[] pcm)
    {
        Span<byte> header = stackalloc byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], 36 + pcm.Length);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], Song.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], Song.SampleRate * 6);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 6);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 24);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], pcm.Length);
        using FileStream file = File.Create(path);
        file.Write(header);
        file.Write(pcm);
    }
}
