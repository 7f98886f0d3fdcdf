using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AInimEngine.Core.Time;
using System.Text;

namespace AInimEngine.Media.Recording;

/// <summary>
/// Raw pictures and sound with their times in one stream, as ffmpeg reads it from one pipe: the least of Matroska (RFC 9559)
/// that carries both. Every block is a cluster of its own, so that any order of times is allowed. One thread.
/// </summary>
internal sealed class MatroskaPipe(Stream output)
{
    private const int Picture = 1, Sound = 2;

    // Times are tenths of a millisecond, finer than any frame's length.
    private const int TicksPerSecond = 10_000;

    private readonly byte[] _head = new byte[64];

    /// <summary>Writes the head of a stream of pictures alone, which come when they come.</summary>
    public void Begin(int width, int height) => Begin(width, height, null, sampleRate: 0, channels: 0);

    /// <summary>
    /// Writes the head of the stream; without sound where its rate is 0. How long a picture lasts is in it where that is known:
    /// without, ffmpeg fills every hole with one picture too few.
    /// </summary>
    public void Begin(int width, int height, Rational? fps, int sampleRate, int channels)
    {
        byte[] header = Element(0x1A45DFA3, [.. Element(0x4282, "matroska"u8), .. Element(0x4287, [4]), .. Element(0x4285, [2])]);
        byte[] info = Element(0x1549A966, [.. Element(0x2AD7B1, Number(1_000_000_000 / TicksPerSecond)), .. Element(0x4D80, "ainim"u8), .. Element(0x5741, "ainim"u8)]);
        byte[] picture = Element(0xAE, [.. Track(Picture, 1, "V_UNCOMPRESSED"), .. fps is { } rateOfPictures ? Element(0x23E383, Number((int)(1e9 / rateOfPictures.Value))) : [],
            .. Element(0xE0, [.. Element(0xB0, Number(width)), .. Element(0xBA, Number(height)), .. Element(0x2EB524, "I420"u8)])]);
        var rate = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(rate, sampleRate);
        byte[] sound = Element(0xAE, [.. Track(Sound, 2, "A_PCM/FLOAT/IEEE"),
            .. Element(0xE1, [.. Element(0xB5, rate), .. Element(0x9F, Number(channels)), .. Element(0x6264, Number(32))])]);
        output.Write(header);
        output.Write([0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]); // a segment of unknown length
        output.Write(info);
        output.Write(Element(0x1654AE6B, sampleRate > 0 ? [.. picture, .. sound] : picture));
        output.Flush();
    }

    /// <summary>Writes a picture.</summary>
    public void WritePicture(ReadOnlySpan<byte> bytes, double seconds) => Block(Picture, bytes, seconds);

    /// <summary>Writes sound.</summary>
    public void WriteSound(ReadOnlySpan<float> samples, double seconds) => Block(Sound, MemoryMarshal.AsBytes(samples), seconds);

    private void Block(int track, ReadOnlySpan<byte> bytes, double seconds)
    {
        // Cluster { Timestamp, SimpleBlock { track, time within the cluster: 0, flags: key frame } }
        const int Time = 2 + 8, BlockHead = 1 + 8, InBlock = 4;
        Span<byte> head = _head.AsSpan(0, 12 + Time + BlockHead + InBlock);
        BinaryPrimitives.WriteUInt32BigEndian(head, 0x1F43B675);
        Length(head[4..], Time + BlockHead + InBlock + bytes.Length);
        (head[12], head[13]) = (0xE7, 0x88);
        BinaryPrimitives.WriteInt64BigEndian(head[14..], (long)Math.Round(Math.Max(0, seconds) * TicksPerSecond));
        head[22] = 0xA3;
        Length(head[23..], InBlock + bytes.Length);
        (head[31], head[32], head[33], head[34]) = ((byte)(0x80 | track), 0, 0, 0x80);
        output.Write(head);
        output.Write(bytes);
    }

    private static byte[] Track(int number, int kind, string codec) =>
        [.. Element(0xD7, [(byte)number]), .. Element(0x73C5, [(byte)number]), .. Element(0x83, [(byte)kind]), .. Element(0x9C, [0]), .. Element(0x86, Encoding.ASCII.GetBytes(codec))];

    private static byte[] Element(uint id, ReadOnlySpan<byte> content)
    {
        int size = id > 0xFFFFFF ? 4 : id > 0xFFFF ? 3 : id > 0xFF ? 2 : 1;
        var element = new byte[size + 8 + content.Length];
        for (int i = 0; i < size; i++)
            element[i] = (byte)(id >> (8 * (size - 1 - i)));
        Length(element.AsSpan(size), content.Length);
        content.CopyTo(element.AsSpan(size + 8));
        return element;
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static void Length(Span<byte> to, long length) => BinaryPrimitives.WriteInt64BigEndian(to, length | (1L << 56));
}
