using System.Runtime.InteropServices;
using System.Text;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>Writes a record's values one after another, little-endian, into a buffer that grows where that is allowed.</summary>
/// <param name="buffer">Where to begin; at least 64 bytes.</param>
internal sealed class LogPacker(byte[] buffer)
{
    private byte[] _buffer = buffer;
    private int _length;

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Begins anew.</summary>
    internal LogPacker Clear()
    {
        _length = 0;
        return this;
    }

    /// <summary>Makes room, so that as much can be written without allocating.</summary>
    internal void Reserve(int bytes)
    {
        if (_buffer.Length < bytes)
            Array.Resize(ref _buffer, Math.Max(bytes, 2 * _buffer.Length));
    }

    internal LogPacker Add<T>(T value)
        where T : unmanaged => AddBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>A count and that many values.</summary>
    internal LogPacker AddMany<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Add(values.Length).AddBytes(MemoryMarshal.AsBytes(values));

    /// <summary>A count of bytes and that much UTF-8.</summary>
    internal LogPacker Add(string text)
    {
        int count = Encoding.UTF8.GetByteCount(text);
        Add(count);
        Reserve(_length + count);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        return this;
    }

    private LogPacker AddBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(_length + bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
        return this;
    }
}
