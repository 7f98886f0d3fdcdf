using System.Buffers.Binary;

namespace AInimEngine.Control.Osc;

/// <summary>
/// Writes OSC packets into a buffer that it keeps. A packet never grows beyond what an Ethernet frame carries, so that
/// nothing is cut to pieces on the way. Allocates nothing.
/// </summary>
internal sealed class OscWriter
{
    /// <summary>Most bytes of a packet.</summary>
    internal const int MostBytes = 1432;

    private const int HeadLength = 16;

    private readonly byte[] _buffer = new byte[MostBytes];
    private int _length;

    /// <summary>The packet so far.</summary>
    internal ReadOnlySpan<byte> Packet => _buffer.AsSpan(0, _length);

    /// <summary>A bundle was begun and nothing is in it.</summary>
    internal bool IsEmpty => _length <= HeadLength;

    /// <summary>Begins a packet that is one message.</summary>
    internal void Begin() => _length = 0;

    /// <summary>Begins a bundle to be carried out at once.</summary>
    internal void BeginBundle()
    {
        "#bundle\0\0\0\0\0\0\0\0\u0001"u8.CopyTo(_buffer);
        _length = HeadLength;
    }

    /// <summary>Adds a message of floats: as an element of the bundle, or as the packet itself.</summary>
    /// <returns>False when it does not fit; then nothing was added.</returns>
    internal bool TryAdd(ReadOnlySpan<byte> address, ReadOnlySpan<float> values)
    {
        int at = _length, head = at >= HeadLength ? 4 : 0;
        int size = Padded(address.Length) + Padded(values.Length + 1) + 4 * values.Length;
        if (at + head + size > MostBytes)
            return false;
        Head(head, size);
        Text(address);
        _buffer[_length] = (byte)',';
        _buffer.AsSpan(_length + 1, values.Length).Fill((byte)'f');
        Pad(_length + 1 + values.Length);
        foreach (float value in values)
            Float(value);
        return true;
    }

    /// <summary>Adds a row's description: kind, position, smallest, largest and default value, unit, sentence.</summary>
    internal bool TryAddRow(ReadOnlySpan<byte> address, ReadOnlySpan<byte> kind, ReadOnlySpan<float> numbers, ReadOnlySpan<byte> unit, ReadOnlySpan<byte> sentence)
    {
        int head = _length >= HeadLength ? 4 : 0;
        int size = Padded(address.Length) + Padded(5 + numbers.Length - 1) + Padded(kind.Length) + 4 * numbers.Length + Padded(unit.Length) + Padded(sentence.Length);
        if (_length + head + size > MostBytes)
            return false;
        Head(head, size);
        Text(address);
        _buffer[_length] = (byte)',';
        _buffer[_length + 1] = (byte)'s';
        _buffer.AsSpan(_length + 2, numbers.Length).Fill((byte)'f');
        _buffer[_length + 2 + numbers.Length] = (byte)'s';
        _buffer[_length + 3 + numbers.Length] = (byte)'s';
        Pad(_length + 4 + numbers.Length);
        Text(kind);
        foreach (float number in numbers)
            Float(number);
        Text(unit);
        Text(sentence);
        return true;
    }

    private static int Padded(int length) => (length + 4) & ~3;

    private void Head(int head, int size)
    {
        if (head > 0)
            BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), size);
        _length += head;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_length));
        Pad(_length + text.Length);
    }

    private void Float(float value)
    {
        BinaryPrimitives.WriteSingleBigEndian(_buffer.AsSpan(_length), value);
        _length += 4;
    }

    /// <summary>One to four zeros up to a multiple of four.</summary>
    private void Pad(int end)
    {
        _length = (end + 4) & ~3;
        _buffer.AsSpan(end, _length - end).Clear();
    }
}
