using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>
/// A libtorch tensor. Methods have torch's names in PascalCase (<c>leaky_relu</c> is <see cref="LeakyRelu"/>), in-place
/// ones end in an underscore as torch's do. Owned by the <see cref="TensorScope"/> in which it was made, or else by
/// whoever made it: dispose it. Reading from several threads is safe; writing is the caller's to order.
/// </summary>
public sealed unsafe partial class Tensor : IDisposable
{
    internal Tensor(TensorHandle handle)
    {
        if (handle.IsInvalid)
            throw new TorchException(NativeMethods.LastError());
        Handle = handle;
        Scope = TensorScope.Current;
        Scope?.Own(this);
    }

    /// <summary>Native tensor handles alive in this process: for leak checks.</summary>
    public static long LiveCount => NativeMethods.LiveTensors();

    /// <summary>Element type.</summary>
    public ScalarType Dtype => Info.Type;

    /// <summary>Where it lives.</summary>
    public Device Device
    {
        get
        {
            NativeTensorInfo info = Info;
            return new Device((DeviceType)info.DeviceType, info.DeviceIndex);
        }
    }

    /// <summary>Number of dimensions.</summary>
    public int Dim => Info.Rank;

    /// <summary>Number of elements.</summary>
    public long Numel => Info.ElementCount;

    /// <summary>Size of each dimension; a new array.</summary>
    public long[] Shape
    {
        get
        {
            var sizes = new long[Dim];
            fixed (long* pointer = sizes)
                TorchException.Check(NativeMethods.TensorShape(Handle, pointer, null));
            return sizes;
        }
    }

    /// <summary>Elements from one index of a dimension to the next; a new array.</summary>
    public long[] Strides
    {
        get
        {
            var strides = new long[Dim];
            fixed (long* pointer = strides)
                TorchException.Check(NativeMethods.TensorShape(Handle, null, pointer));
            return strides;
        }
    }

    /// <summary>Whether elements lie in order without gaps.</summary>
    public bool IsContiguous => Info.IsContiguous != 0;

    /// <summary>Whether a [N, C, H, W] tensor is stored as [N, H, W, C] without gaps.</summary>
    public bool IsChannelsLast => Info.IsChannelsLast != 0;

    /// <summary>Whether the native tensor was let go.</summary>
    public bool IsDisposed => Handle.IsClosed;

    internal TensorHandle Handle { get; }

    internal TensorScope? Scope { get; set; }

    internal NativeTensorInfo Info
    {
        get
        {
            TorchException.Check(NativeMethods.TensorDescribe(Handle, out NativeTensorInfo info));
            return info;
        }
    }

    /// <summary>Size of one dimension; negative counts from the last.</summary>
    public long Size(int dim)
    {
        long[] shape = Shape;
        return shape[dim < 0 ? dim + shape.Length : dim];
    }

    /// <summary>Takes the tensor out of its scope: from now on it is the caller's to dispose.</summary>
    public Tensor DetachFromScope()
    {
        Scope = null;
        return this;
    }

    /// <summary>Another handle to the same tensor.</summary>
    public Tensor Alias() => new(NativeMethods.TensorAlias(Handle));

    /// <summary>Lets the native tensor go. Safe to call twice.</summary>
    public void Dispose() => Handle.Dispose();

    /// <summary>"Float32[2, 3]", with the device unless it is the CPU.</summary>
    public override string ToString()
    {
        if (IsDisposed)
            return "disposed tensor";
        string place = Device.Type == DeviceType.Cpu ? "" : $"@{Device}";
        return $"{Dtype}[{string.Join(", ", Shape)}]{place}";
    }
}
