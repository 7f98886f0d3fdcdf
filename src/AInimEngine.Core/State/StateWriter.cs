using System.Runtime.InteropServices;
using System.Text;

namespace AInimEngine.Core.State;

/// <summary>Writes stage state to a stream as tagged sections of little-endian values. Does not own the stream.</summary>
/// <param name="stream">Where to write.</param>
public sealed class StateWriter(Stream stream)
{
    private readonly BinaryWriter _writer = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>Begins a stage's section; the reader must expect the same name and version.</summary>
    public void Section(string name, int version)
    {
        _writer.Write(name);
        _writer.Write(version);
    }

    /// <summary>Writes one value.</summary>
    public void Write<T>(T value)
        where T : unmanaged => _writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>Writes a length and that many values.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        _writer.Write(values.Length);
        _writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush() => _writer.Flush();
}
