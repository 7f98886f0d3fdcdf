using System.Buffers;
using System.Runtime.InteropServices;
using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

public sealed unsafe partial class Tensor
{
    /// <summary>A new tensor with a copy of the values.</summary>
    /// <param name="values">As many as the shape holds.</param>
    /// <param name="shape">Sizes; none for one dimension as long as the values.</param>
    public static Tensor From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (shape.IsEmpty)
            shape = [values.Length];
        CheckLength(values.Length, shape);
        fixed (T* data = values)
        fixed (long* sizes = shape)
        {
            // An empty span has no address, and libtorch wants one even where it reads nothing.
            T none = default;
            return new Tensor(NativeMethods.TensorCopyOf(data is null ? &none : data, ScalarTypes.Of<T>(), sizes, shape.Length));
        }
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, ReadOnlySpan{long})"/>
    public static Tensor From<T>(T[] values, params ReadOnlySpan<long> shape)
        where T : unmanaged => From((ReadOnlySpan<T>)values, shape);

    /// <summary>
    /// A CPU tensor over memory that is not copied. The memory must stay where it is, and alive, until this tensor and
    /// every view of it are gone; that is the caller's to ensure.
    /// </summary>
    /// <param name="data">First element.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Sizes, contiguous.</param>
    public static Tensor Borrow(void* data, ScalarType type, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        fixed (long* sizes = shape)
            return new Tensor(NativeMethods.TensorBorrow(data, type, sizes, null, shape.Length, null, 0));
    }

    /// <summary>
    /// A CPU tensor over managed memory that is not copied but pinned, for as long as this tensor or any view of it lives,
    /// natively too.
    /// </summary>
    public static Tensor Borrow<T>(Memory<T> memory, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (shape.IsEmpty)
            shape = [memory.Length];
        CheckLength(memory.Length, shape);
        var pin = new PinnedMemory(memory.Pin());
        var context = GCHandle.Alloc(pin);
        fixed (long* sizes = shape)
        {
            // The native side calls back when the last view is gone, also when it refuses the call.
            return new Tensor(NativeMethods.TensorBorrow(
                pin.Pointer, ScalarTypes.Of<T>(), sizes, null, shape.Length, &Unpin, GCHandle.ToIntPtr(context)));
        }
    }

    /// <summary>
    /// The elements of a contiguous CPU tensor, in place. Valid while the tensor lives; the caller keeps it alive.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another type, another device, or not contiguous.</exception>
    public Span<T> Data<T>()
        where T : unmanaged
    {
        NativeTensorInfo info = Info;
        CheckType<T>(info.Type);
        if (info.DeviceType != (int)DeviceType.Cpu || info.IsContiguous == 0)
            throw new InvalidOperationException($"{this} has no contiguous CPU memory to look at; use CopyTo, or Contiguous() first");
        return new Span<T>((void*)info.Data, checked((int)info.ElementCount));
    }

    /// <summary>Address of the first element: on the GPU, a GPU address.</summary>
    public nint DataPtr => Info.Data;

    /// <summary>Copies the elements out, in order, from any device and any strides.</summary>
    public void CopyTo<T>(Span<T> target)
        where T : unmanaged
    {
        CheckType<T>(Dtype);
        fixed (T* data = target)
            TorchException.Check(NativeMethods.TensorRead(Handle, data, (long)target.Length * sizeof(T)));
    }

    /// <summary>Copies elements in, in order, to any device and any strides.</summary>
    public void CopyFrom<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        CheckType<T>(Dtype);
        fixed (T* data = source)
            TorchException.Check(NativeMethods.TensorWrite(Handle, data, (long)source.Length * sizeof(T)));
    }

    /// <summary>The elements in order, in a new array.</summary>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var values = new T[Numel];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>The one element, converted.</summary>
    public double Item() => Ops.Item.CallNumber(this);

    private static void CheckLength(int length, ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
            count = checked(count * size);
        if (count != length)
            throw new ArgumentException($"{length} values do not fill the shape [{string.Join(", ", shape.ToArray())}]");
    }

    private void CheckType<T>(ScalarType type)
        where T : unmanaged
    {
        // Types without a C# counterpart (bfloat16, complex64) are read as their bits.
        bool fits = typeof(T) == typeof(ushort) ? type is ScalarType.BFloat16 or ScalarType.Float16
            : typeof(T) == typeof(ulong) ? type is ScalarType.Complex64
            : ScalarTypes.Of<T>() == type;
        if (!fits)
            throw new InvalidOperationException($"{this} does not hold {typeof(T)}");
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint context)
    {
        var handle = GCHandle.FromIntPtr(context);
        ((PinnedMemory)handle.Target!).Dispose();
        handle.Free();
    }

    private sealed class PinnedMemory(MemoryHandle handle) : IDisposable
    {
        private MemoryHandle _handle = handle;

        internal void* Pointer => _handle.Pointer;

        public void Dispose() => _handle.Dispose();
    }
}
