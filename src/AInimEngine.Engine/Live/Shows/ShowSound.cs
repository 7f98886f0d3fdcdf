using System.Buffers.Binary;
using AInimEngine.Analysis;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// The sound of a show log: 24-bit samples, and the file that a render takes them from. Sound that was lost is silence there, so
/// that picture and sound stay together. One thread.
/// </summary>
/// <remarks>The file is CAF with 24-bit samples: the plainest container that may be larger than 4 GB.</remarks>
internal sealed class ShowSound : IDisposable
{
    private const int SampleBytes = 3, FrameBytes = SampleBytes * Hop.Channels;

    // Times are rounded to samples; what is so near joins.
    private const int Joins = 2;

    // The sound's clock and the computer's differ: a piece that is off by less than 5 ms is made a sample longer or shorter.
    private const int Near = 240, LeastStretched = 64;

    private readonly FileStream _stream;
    private readonly byte[] _silence = new byte[1 << 16];
    private readonly long _length;
    private byte[] _stretched = [];
    private long _written;

    /// <param name="path">A new file.</param>
    /// <param name="length">Samples per channel that it is to have.</param>
    internal ShowSound(string path, long length)
    {
        _length = length;
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        var head = new byte[8 + 12 + 32 + 12 + 4];
        "caff"u8.CopyTo(head);
        head[5] = 1;
        "desc"u8.CopyTo(head.AsSpan(8));
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(12), 32);
        BinaryPrimitives.WriteDoubleBigEndian(head.AsSpan(20), Hop.SampleRate);
        "lpcm"u8.CopyTo(head.AsSpan(28));
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(32), 2); // little-endian whole numbers
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(36), FrameBytes);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(40), 1);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(44), Hop.Channels);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(48), 8 * SampleBytes);
        "data"u8.CopyTo(head.AsSpan(52));
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(56), 4 + length * FrameBytes);
        _stream.Write(head);
    }

    /// <summary>Writes samples as the log has them.</summary>
    /// <param name="samples">-1..1; more is clipped.</param>
    /// <param name="bytes">Three for each.</param>
    internal static void Pack(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        for (int i = 0; i < samples.Length; i++)
            Put(bytes, i, (int)(Math.Clamp(samples[i], -1, 1) * 8388607f));
    }

    /// <summary>Adds what a record holds.</summary>
    /// <param name="seconds">Of its first sample, in the file.</param>
    /// <param name="samples">As <see cref="Pack"/> wrote them.</param>
    internal void Add(double seconds, ReadOnlySpan<byte> samples)
    {
        long at = (long)Math.Round(Math.Clamp(seconds, -1e6, 1e9) * Hop.SampleRate), count = samples.Length / FrameBytes;
        if (Math.Abs(at - _written) is > Joins and <= Near && count >= LeastStretched)
        {
            samples = Stretch(samples, (int)count + Math.Sign(at - _written));
            (at, count) = (_written, samples.Length / FrameBytes);
        }
        if (Math.Abs(at - _written) <= Joins)
            at = _written;
        long skip = Math.Clamp(_written - at, 0, count);
        Fill(at);
        count = Math.Min(count - skip, _length - _written);
        if (count <= 0)
            return;
        _stream.Write(samples.Slice((int)skip * FrameBytes, (int)count * FrameBytes));
        _written += count;
    }

    /// <summary>Fills up with silence to the length: the file is whole.</summary>
    internal void Finish()
    {
        Fill(_length);
        _stream.Flush();
    }

    /// <summary>Closes the file as it is. A disk that takes the rest no more is no news here: <see cref="Finish"/> has told it.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // The file is thrown away.
        }
    }

    private static void Put(Span<byte> bytes, int sample, int value)
    {
        bytes[SampleBytes * sample] = (byte)value;
        bytes[SampleBytes * sample + 1] = (byte)(value >> 8);
        bytes[SampleBytes * sample + 2] = (byte)(value >> 16);
    }

    private static int Get(ReadOnlySpan<byte> bytes, int sample) =>
        bytes[SampleBytes * sample] | bytes[SampleBytes * sample + 1] << 8 | (sbyte)bytes[SampleBytes * sample + 2] << 16;

    // From the first sample to the last, so that it joins on both sides.
    private ReadOnlySpan<byte> Stretch(ReadOnlySpan<byte> samples, int count)
    {
        if (_stretched.Length < count * FrameBytes)
            _stretched = new byte[count * FrameBytes];
        int last = samples.Length / FrameBytes - 1;
        for (int i = 0; i < count; i++)
        {
            double at = (double)i * last / (count - 1);
            int before = Math.Min((int)at, last - 1);
            for (int channel = 0; channel < Hop.Channels; channel++)
            {
                int from = Get(samples, before * Hop.Channels + channel), to = Get(samples, (before + 1) * Hop.Channels + channel);
                Put(_stretched, i * Hop.Channels + channel, (int)Math.Round(from + (at - before) * (to - from)));
            }
        }
        return _stretched.AsSpan(0, count * FrameBytes);
    }

    private void Fill(long until)
    {
        until = Math.Min(until, _length);
        while (_written < until)
        {
            int count = (int)Math.Min(until - _written, _silence.Length / FrameBytes);
            _stream.Write(_silence.AsSpan(0, count * FrameBytes));
            _written += count;
        }
    }
}
