using System.Runtime.InteropServices;
using System.Text;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>Reads a record's values in the order in which they were written. Nothing in the file is trusted.</summary>
/// <param name="bytes">The record.</param>
internal ref struct LogUnpacker(ReadOnlySpan<byte> bytes)
{
    /// <summary>Characters of a name, of a path, of what a hand wrote.</summary>
    private const int MostText = 4096;

    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>What was not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _left;

    /// <exception cref="InvalidDataException">The record ends before.</exception>
    internal T Next<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Bytes(System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));

    /// <summary>A number that must lie in a range.</summary>
    internal int Next(int least, int most)
    {
        int value = Next<int>();
        return value >= least && value <= most ? value : throw new InvalidDataException($"{value} is outside {least} to {most}");
    }

    /// <summary>A number; what is none counts as 0.</summary>
    internal float NextFinite()
    {
        float value = Next<float>();
        return float.IsFinite(value) ? value : 0;
    }

    /// <summary>A count and that many values, as bytes; read before the record's memory is used again.</summary>
    internal ReadOnlySpan<T> Many<T>(int most)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes(Next(0, most) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));

    internal string Text() => Encoding.UTF8.GetString(Bytes(Next(0, MostText)));

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (_left.Length < count)
            throw new InvalidDataException("a record is shorter than it says");
        ReadOnlySpan<byte> bytes = _left[..count];
        _left = _left[count..];
        return bytes;
    }
}
