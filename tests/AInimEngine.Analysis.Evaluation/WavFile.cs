using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AInimEngine.Analysis.Evaluation;

/// <summary>WAV files as corpora hold them: 16 bit, stereo, 48 kHz.</summary>
internal static class WavFile
{
    private const int HeaderSize = 44, BytesPerFrame = 4;

    internal static void Write(string path, ReadOnlySpan<float> stereo)
    {
        var bytes = new byte[HeaderSize + 2 * stereo.Length];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 2);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), Hop.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), Hop.SampleRate * BytesPerFrame);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), BytesPerFrame);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * stereo.Length);
        Span<short> samples = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(HeaderSize));
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (short)Math.Clamp(Math.Round(stereo[i] * 32768.0), -32768, 32767);
        File.WriteAllBytes(path, bytes);
    }

    /// <exception cref="InvalidDataException">It is something else.</exception>
    internal static float[] Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeaderSize || !bytes.StartsWith("RIFF"u8))
            throw new InvalidDataException($"'{path}' is no WAV file.");
        for (int at = 12; at + 8 <= bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
            // ffmpeg writes -1 into a pipe.
            ReadOnlySpan<byte> content = bytes.Slice(at + 8, length < 0 ? bytes.Length - at - 8 : Math.Min(length, bytes.Length - at - 8));
            if (bytes[at..].StartsWith("fmt "u8))
                CheckFormat(content, path);
            else if (bytes[at..].StartsWith("data"u8))
                return Decode(content);
            at += 8 + content.Length + content.Length % 2;
        }
        throw new InvalidDataException($"'{path}' has no samples.");
    }

    private static void CheckFormat(ReadOnlySpan<byte> format, string path)
    {
        if (BinaryPrimitives.ReadInt16LittleEndian(format[2..]) != 2 || BinaryPrimitives.ReadInt32LittleEndian(format[4..]) != Hop.SampleRate
            || BinaryPrimitives.ReadInt16LittleEndian(format[14..]) != 16)
            throw new InvalidDataException($"'{path}' is not 16 bit stereo at {Hop.SampleRate} Hz.");
    }

    private static float[] Decode(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<short> samples = MemoryMarshal.Cast<byte, short>(content[..(content.Length & ~(BytesPerFrame - 1))]);
        var stereo = new float[samples.Length];
        for (int i = 0; i < samples.Length; i++)
            stereo[i] = samples[i] / 32768f;
        return stereo;
    }
}
