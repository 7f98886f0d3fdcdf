using System.Runtime.InteropServices;
using System.Text;

namespace AInimEngine.Core.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote and refuses anything else. Does not own the stream.</summary>
/// <param name="stream">Where to read.</param>
public sealed class StateReader(Stream stream)
{
    private readonly BinaryReader _reader = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>Checks that the next section is this stage's, in this version.</summary>
    /// <exception cref="InvalidDataException">It is another.</exception>
    public void Section(string name, int version)
    {
        string found = _reader.ReadString();
        int foundVersion = _reader.ReadInt32();
        if (found != name || foundVersion != version)
            throw new InvalidDataException($"saved state holds '{found}' version {foundVersion}, expected '{name}' version {version}");
    }

    /// <summary>Reads one value.</summary>
    public T Read<T>()
        where T : unmanaged
    {
        T value = default;
        _reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Reads values into a buffer whose length must be the one written.</summary>
    /// <exception cref="InvalidDataException">The lengths differ.</exception>
    public void Read<T>(Span<T> values)
        where T : unmanaged
    {
        int length = _reader.ReadInt32();
        if (length != values.Length)
            throw new InvalidDataException($"saved state holds {length} values, expected {values.Length}");
        _reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
    }
}
