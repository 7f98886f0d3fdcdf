namespace AInimEngine.Neural;

// Making tensors. Type and device are float32 and the CPU where they are not given.
public static partial class Torch
{
    /// <summary>A tensor whose elements are not set.</summary>
    public static Tensor Empty(long[] shape, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Empty.Call(shape, type, OpArgument.None, device);

    /// <summary>Zeros.</summary>
    public static Tensor Zeros(long[] shape, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Zeros.Call(shape, type, OpArgument.None, device);

    /// <summary>Ones.</summary>
    public static Tensor Ones(long[] shape, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Ones.Call(shape, type, OpArgument.None, device);

    /// <summary>One number everywhere.</summary>
    public static Tensor Full(long[] shape, double value, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Full.Call(shape, value, type, OpArgument.None, device);

    /// <summary>start, start + step, ... below end.</summary>
    public static Tensor Arange(double start, double end, double step = 1, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Arange.Call(start, end, step, type, OpArgument.None, device);

    /// <summary>So many numbers from start to end, both included.</summary>
    public static Tensor Linspace(double start, double end, long steps, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Linspace.Call(start, end, steps, type, OpArgument.None, device);

    /// <summary>The unit matrix [n, n].</summary>
    public static Tensor Eye(long n, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Eye.Call(n, type, OpArgument.None, device);

    /// <summary>Uniform in [0, 1).</summary>
    public static Tensor Rand(long[] shape, Generator? generator = null, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Rand.Call(shape, generator, type, OpArgument.None, device);

    /// <summary>Standard normal.</summary>
    public static Tensor Randn(long[] shape, Generator? generator = null, ScalarType type = ScalarType.Float32, Device? device = null) =>
        Ops.Randn.Call(shape, generator, type, OpArgument.None, device);

    /// <summary>Whole numbers in [low, high).</summary>
    public static Tensor Randint(long low, long high, long[] shape, Generator? generator = null, ScalarType type = ScalarType.Int64, Device? device = null) =>
        Ops.Randint.Call(low, high, shape, generator, type, OpArgument.None, device);

    /// <summary>0 to n - 1 in a random order.</summary>
    public static Tensor Randperm(long n, Generator? generator = null, ScalarType type = ScalarType.Int64, Device? device = null) =>
        Ops.Randperm.Call(n, generator, type, OpArgument.None, device);
}
