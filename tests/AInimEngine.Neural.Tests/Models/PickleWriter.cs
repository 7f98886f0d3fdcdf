using System.Buffers.Binary;
using System.Text;

namespace AInimEngine.Neural.Tests.Models;

/// <summary>Writes pickles opcode by opcode, as Python's protocols 2 to 4 have them, and also what Python would never write.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _bytes = new();
    private readonly int _protocol;

    public PickleWriter(int protocol)
    {
        _protocol = protocol;
        Raw(0x80, (byte)protocol);
    }

    public byte[] Stop()
    {
        Raw((byte)'.');
        return _bytes.ToArray();
    }

    public PickleWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleWriter Mark() => Raw((byte)'(');

    public PickleWriter None() => Raw((byte)'N');

    public PickleWriter Bool(bool value) => Raw(value ? (byte)0x88 : (byte)0x89);

    public PickleWriter Dict() => Raw((byte)'}');

    public PickleWriter List() => Raw((byte)']');

    public PickleWriter SetItems() => Raw((byte)'u');

    public PickleWriter Appends() => Raw((byte)'e');

    public PickleWriter EmptyTuple() => Raw((byte)')');

    public PickleWriter Tuple() => Raw((byte)'t');

    public PickleWriter Reduce() => Raw((byte)'R');

    public PickleWriter NewObj() => Raw(0x81);

    public PickleWriter Build() => Raw((byte)'b');

    public PickleWriter BinPersId() => Raw((byte)'Q');

    public PickleWriter Int(long value)
    {
        Span<byte> bytes = stackalloc byte[10];
        if (value is >= 0 and < 256)
            return Raw((byte)'K', (byte)value);
        if (value == (int)value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value);
            return Raw((byte)'J').Raw(bytes[..4]);
        }
        (bytes[0], bytes[1]) = (0x8a, 8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[2..], value);
        return Raw(bytes);
    }

    public PickleWriter Float(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return Raw((byte)'G').Raw(bytes);
    }

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return _protocol >= 4 && utf8.Length < 256 ? Raw(0x8c, (byte)utf8.Length).Raw(utf8) : Raw((byte)'X').Length(utf8.Length).Raw(utf8);
    }

    public PickleWriter Bytes(byte[] bytes) => Raw((byte)'B').Length(bytes.Length).Raw(bytes);

    public PickleWriter Ints(params ReadOnlySpan<long> values)
    {
        Mark();
        foreach (long value in values)
            Int(value);
        return Tuple();
    }

    public PickleWriter Global(string module, string name) => _protocol >= 4
        ? Text(module).Text(name).Raw(0x93)
        : Raw((byte)'c').Raw(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));

    /// <summary>An empty OrderedDict.</summary>
    public PickleWriter OrderedDict() => Global("collections", "OrderedDict").EmptyTuple().Reduce();

    /// <summary>('storage', torch.FloatStorage, key, 'cpu', elements) as a persistent reference.</summary>
    public PickleWriter Storage(string key, long elements, string type = "FloatStorage", bool isLegacy = false)
    {
        Mark().Text("storage").Global("torch", type).Text(key).Text("cpu").Int(elements);
        return (isLegacy ? None() : this).Tuple().BinPersId();
    }

    /// <summary>torch._utils._rebuild_tensor_v2(storage, offset, shape, strides, False, OrderedDict()).</summary>
    public PickleWriter Tensor(Action storage, long[] shape, long[]? strides = null, long offset = 0)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Mark();
        storage();
        return Int(offset).Ints(shape).Ints(strides ?? Contiguous(shape)).Bool(false).OrderedDict().Tuple().Reduce();
    }

    public static long[] Contiguous(long[] shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
            (strides[i], stride) = (stride, stride * shape[i]);
        return strides;
    }

    private PickleWriter Length(int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        return Raw(bytes);
    }
}
