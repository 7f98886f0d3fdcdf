using System.Buffers.Binary;

namespace AInimEngine.Control.Osc;

/// <summary>Goes through the arguments of a message: i f s b h d t T F N I c, and S r m of wider use.</summary>
internal ref struct OscArguments(ReadOnlySpan<byte> tags, ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _tags = tags, _data = data;
    private bool _broken;

    /// <summary>Type letter of the argument.</summary>
    internal byte Tag { get; private set; }

    /// <summary>Its number: i, h, f, d, c; 1 of T and I, 0 of F and N; NaN of what is no number.</summary>
    internal double Number { get; private set; } = double.NaN;

    /// <summary>Its text (s, S) or bytes (b); empty otherwise.</summary>
    internal ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>After the last argument: all were known and in bounds, and nothing lies behind them.</summary>
    internal readonly bool IsWhole => !_broken && _tags.IsEmpty && _data.IsEmpty;

    /// <summary>Goes to the next argument; false behind the last one and at a broken one.</summary>
    internal bool MoveNext()
    {
        if (_tags.IsEmpty || _broken)
            return false;
        Tag = _tags[0];
        _tags = _tags[1..];
        Number = double.NaN;
        Bytes = default;
        switch ((char)Tag)
        {
            case 'f' when _data.Length >= 4:
                Number = BinaryPrimitives.ReadSingleBigEndian(_data);
                _data = _data[4..];
                return true;
            case 'i' or 'c' or 'r' or 'm' when _data.Length >= 4:
                Number = BinaryPrimitives.ReadInt32BigEndian(_data);
                _data = _data[4..];
                return true;
            case 'd' when _data.Length >= 8:
                Number = BinaryPrimitives.ReadDoubleBigEndian(_data);
                _data = _data[8..];
                return true;
            case 'h' or 't' when _data.Length >= 8:
                Number = BinaryPrimitives.ReadInt64BigEndian(_data);
                _data = _data[8..];
                return true;
            case 's' or 'S' when OscMessage.TryText(ref _data, out ReadOnlySpan<byte> text):
                Bytes = text;
                return true;
            case 'b' when OscMessage.TryBlob(ref _data, out ReadOnlySpan<byte> blob):
                Bytes = blob;
                return true;
            case 'T' or 'I':
                Number = 1;
                return true;
            case 'F' or 'N':
                Number = 0;
                return true;
            default:
                _broken = true;
                return false;
        }
    }
}
