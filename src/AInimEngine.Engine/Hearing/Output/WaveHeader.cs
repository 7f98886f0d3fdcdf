using System.Buffers.Binary;
using AInimEngine.Core.Errors;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing.Output;

/// <summary>The beginning of a WAV file of 48 kHz stereo, 16 bits or float32.</summary>
internal static class WaveHeader
{
    private const int Bytes = 44;

    /// <summary>Refuses what a WAV file cannot hold.</summary>
    /// <exception cref="AInimException">The track is too long.</exception>
    public static void Check(string path, long samples, bool isFloat)
    {
        if (samples * FrameBytes(isFloat) > uint.MaxValue - Bytes)
            throw new AInimException(ExitCode.Output, $"cannot write '{path}': the track is too long for a WAV file.");
    }

    /// <summary>Makes the bytes.</summary>
    /// <param name="samples">Per channel.</param>
    /// <param name="isFloat">float32, not 16 bits.</param>
    public static byte[] Make(long samples, bool isFloat)
    {
        var header = new byte[Bytes];
        int frame = FrameBytes(isFloat);
        uint data = (uint)(samples * frame);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), data + Bytes - 8);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), (short)(isFloat ? 3 : 1));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), AudioFile.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), AudioFile.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), AudioFile.SampleRate * frame);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), (short)frame);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), (short)(8 * frame / AudioFile.Channels));
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), data);
        return header;
    }

    private static int FrameBytes(bool isFloat) => AudioFile.Channels * (isFloat ? sizeof(float) : sizeof(short));
}
