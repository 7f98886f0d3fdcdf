using System.Runtime.InteropServices;
using System.Text;
using AInimEngine.Neural.Interop;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural;

/// <summary>
/// One argument of an op. Converts from what ops take: tensors, numbers, bools, strings, lists, types, devices, formats,
/// generators and, while a program is recorded, slots. A null tensor is torch's None; what is left out at the end, or
/// given as <see cref="Default"/>, is filled from the op's schema.
/// </summary>
public readonly struct OpArgument
{
    private readonly NativeTag _tag;
    private readonly long _bits;
    private readonly object? _reference;

    private OpArgument(NativeTag tag, long bits = 0, object? reference = null)
    {
        _tag = tag;
        _bits = bits;
        _reference = reference;
    }

    /// <summary>What the schema says.</summary>
    public static OpArgument Default => default;

    /// <summary>torch's None.</summary>
    public static OpArgument None => new(NativeTag.None);

    /// <summary>A tensor; null is None.</summary>
    public static implicit operator OpArgument(Tensor? value) =>
        value is null ? None : new(NativeTag.Tensor, 0, value.Handle);

    /// <summary>An integer.</summary>
    public static implicit operator OpArgument(int value) => new(NativeTag.Int, value);

    /// <summary>An integer.</summary>
    public static implicit operator OpArgument(long value) => new(NativeTag.Int, value);

    /// <summary>An integer, or None.</summary>
    public static implicit operator OpArgument(long? value) => value is { } given ? given : None;

    /// <summary>A float.</summary>
    public static implicit operator OpArgument(double value) => new(NativeTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A float, or None.</summary>
    public static implicit operator OpArgument(double? value) => value is { } given ? given : None;

    /// <summary>A bool.</summary>
    public static implicit operator OpArgument(bool value) => new(NativeTag.Bool, value ? 1 : 0);

    /// <summary>A list of integers; null is None.</summary>
    public static implicit operator OpArgument(long[]? value) => value is null ? None : new(NativeTag.Ints, 0, value);

    /// <summary>A list of floats; null is None.</summary>
    public static implicit operator OpArgument(double[]? value) => value is null ? None : new(NativeTag.Doubles, 0, value);

    /// <summary>A list of bools; null is None.</summary>
    public static implicit operator OpArgument(bool[]? value) => value is null ? None : new(NativeTag.Bools, 0, value);

    /// <summary>A list of tensors; a null inside is None where the op allows it.</summary>
    public static implicit operator OpArgument(Tensor?[]? value) => value is null ? None : new(NativeTag.Tensors, 0, value);

    /// <summary>A string; null is None.</summary>
    public static implicit operator OpArgument(string? value) => value is null ? None : new(NativeTag.String, 0, value);

    /// <summary>An element type.</summary>
    public static implicit operator OpArgument(ScalarType value) => new(NativeTag.Int, (long)value);

    /// <summary>An element type, or None.</summary>
    public static implicit operator OpArgument(ScalarType? value) => value is { } given ? given : None;

    /// <summary>A memory format.</summary>
    public static implicit operator OpArgument(MemoryFormat value) => new(NativeTag.Int, (long)value);

    /// <summary>A device.</summary>
    public static implicit operator OpArgument(Device value) => new(NativeTag.Device, value.Packed);

    /// <summary>A device, or None.</summary>
    public static implicit operator OpArgument(Device? value) => value is { } given ? given : None;

    /// <summary>A generator; null is the default one.</summary>
    public static implicit operator OpArgument(Generator? value) =>
        value is null ? None : new(NativeTag.Generator, 0, value.Handle);

    /// <summary>A value of a program being recorded.</summary>
    public static implicit operator OpArgument(Slot value) => new(NativeTag.Slot, value.Index);

    /// <summary>A list of values of a program being recorded.</summary>
    public static implicit operator OpArgument(Slot[]? value) => value is null ? None : new(NativeTag.Slots, 0, value);

    /// <summary>Bytes that the argument's contents need beside its <see cref="NativeValue"/>.</summary>
    internal int ContentBytes => _reference switch
    {
        long[] list => list.Length * sizeof(long),
        double[] list => list.Length * sizeof(double),
        bool[] list => list.Length,
        Tensor?[] list => list.Length * sizeof(long),
        Slot[] list => list.Length * sizeof(int),
        string text => Encoding.UTF8.GetByteCount(text),
        _ => 0,
    };

    /// <summary>Writes the native form. Handles are held until <see cref="Release"/>.</summary>
    internal unsafe void Encode(NativeValue* value, byte* contents)
    {
        value->Tag = _tag;
        value->Count = 0;
        value->Integer = _bits;
        switch (_tag)
        {
            case NativeTag.Tensor:
            case NativeTag.Generator:
                value->Pointer = Hold((SafeHandle)_reference!);
                return;
            case NativeTag.Ints:
                Copy<long>((long[])_reference!, value, contents);
                return;
            case NativeTag.Doubles:
                Copy<double>((double[])_reference!, value, contents);
                return;
            case NativeTag.Bools:
                Copy<bool>((bool[])_reference!, value, contents);
                return;
            case NativeTag.Slots:
                Copy<Slot>((Slot[])_reference!, value, contents);
                return;
            case NativeTag.String:
                string text = (string)_reference!;
                value->Count = Encoding.UTF8.GetBytes(text, new Span<byte>(contents, Encoding.UTF8.GetByteCount(text)));
                value->Pointer = (nint)contents;
                return;
            case NativeTag.Tensors:
                var tensors = (Tensor?[])_reference!;
                value->Pointer = (nint)contents;
                for (; value->Count < tensors.Length; value->Count++)
                {
                    try
                    {
                        ((nint*)contents)[value->Count] = tensors[value->Count] is { } tensor ? Hold(tensor.Handle) : 0;
                    }
                    catch (ObjectDisposedException)
                    {
                        ReleaseFirst(value->Count);
                        throw;
                    }
                }
                return;
        }
    }

    /// <summary>Lets the handles go that <see cref="Encode"/> held.</summary>
    internal void Release() => ReleaseFirst(int.MaxValue);

    private void ReleaseFirst(int held)
    {
        if (_reference is SafeHandle handle)
            handle.DangerousRelease();
        else if (_reference is Tensor?[] tensors)
            for (int i = 0; i < Math.Min(held, tensors.Length); i++)
                tensors[i]?.Handle.DangerousRelease();
    }

    private static nint Hold(SafeHandle handle)
    {
        bool held = false;
        handle.DangerousAddRef(ref held);
        return handle.DangerousGetHandle();
    }

    private static unsafe void Copy<T>(T[] list, NativeValue* value, byte* contents)
        where T : unmanaged
    {
        list.AsSpan().CopyTo(new Span<T>(contents, list.Length));
        value->Count = list.Length;
        value->Pointer = (nint)contents;
    }
}
