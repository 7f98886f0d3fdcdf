using System.Buffers.Binary;

namespace AInimEngine.Control.Osc;

/// <summary>One OSC 1.0 message, a view of the packet that it lies in. Whole and in bounds once it was parsed.</summary>
internal readonly ref struct OscMessage
{
    private OscMessage(ReadOnlySpan<byte> address, ReadOnlySpan<byte> tags, ReadOnlySpan<byte> data)
    {
        Address = address;
        Tags = tags;
        Data = data;
    }

    /// <summary>Address or pattern, without the zeros behind it; begins with '/'.</summary>
    internal ReadOnlySpan<byte> Address { get; }

    /// <summary>One letter an argument, without the comma.</summary>
    internal ReadOnlySpan<byte> Tags { get; }

    /// <summary>The arguments' bytes.</summary>
    internal ReadOnlySpan<byte> Data { get; }

    /// <summary>The arguments from the first on.</summary>
    internal OscArguments Arguments => new(Tags, Data);

    /// <summary>Reads a message that fills the bytes. A message of old senders, without type tags, has no arguments.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> bytes, out OscMessage message)
    {
        message = default;
        if (bytes.Length % 4 != 0 || bytes.Length == 0 || bytes[0] != '/' || !TryText(ref bytes, out ReadOnlySpan<byte> address))
            return false;
        if (bytes.IsEmpty)
        {
            message = new OscMessage(address, default, default);
            return true;
        }
        if (bytes[0] != ',' || !TryText(ref bytes, out ReadOnlySpan<byte> tags))
            return false;
        var found = new OscMessage(address, tags[1..], bytes);
        OscArguments arguments = found.Arguments;
        while (arguments.MoveNext())
        {
        }
        if (!arguments.IsWhole)
            return false;
        message = found;
        return true;
    }

    /// <summary>Takes a text and the one to four zeros behind it, which must be zeros.</summary>
    internal static bool TryText(scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        int length = bytes.IndexOf((byte)0);
        int padded = (length + 4) & ~3;
        if (length < 0 || padded > bytes.Length || bytes[length..padded].ContainsAnyExcept((byte)0))
        {
            text = default;
            return false;
        }
        text = bytes[..length];
        bytes = bytes[padded..];
        return true;
    }

    /// <summary>Takes a blob: its length, its bytes, and zeros up to a multiple of four.</summary>
    internal static bool TryBlob(scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> blob)
    {
        blob = default;
        if (bytes.Length < 4)
            return false;
        int length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (length < 0 || length > bytes.Length - 4 || ((length + 3) & ~3) > bytes.Length - 4)
            return false;
        blob = bytes.Slice(4, length);
        bytes = bytes[(4 + ((length + 3) & ~3))..];
        return true;
    }
}
