using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>
/// What torch does that does not begin with a tensor: making tensors, joining them, modes, seeds and threads.
/// </summary>
public static partial class Torch
{
    /// <summary>What <see cref="SetMemoryPoolLimit"/> is at first, in bytes.</summary>
    public const long DefaultMemoryPoolLimit = 256L << 20;

    /// <summary>Threads of one op on the CPU, for ops called from this thread and threads that call their first op later.</summary>
    public static int NumThreads
    {
        get => NativeMethods.Threads();
        set => TorchException.Check(NativeMethods.SetThreads(value));
    }

    /// <summary>Whether a GPU can be used.</summary>
    public static bool IsCudaAvailable => NativeMethods.CudaDevices() > 0;

    /// <summary>Whether calls on this thread record the autograd graph.</summary>
    public static bool IsGradEnabled => NativeMethods.GradEnabled() != 0;

    /// <summary>
    /// Most bytes of freed CPU memory that are kept for the next tensors of the same size. Frames reuse
    /// their memory through it; 0 gives everything back to the system.
    /// </summary>
    public static void SetMemoryPoolLimit(long bytes) => NativeMethods.PoolSetLimit(bytes);

    /// <summary>Freed CPU memory that is kept at the moment, in bytes.</summary>
    public static long MemoryPoolBytes => NativeMethods.PoolBytes();

    /// <summary>Seeds the default generators of every device.</summary>
    public static void ManualSeed(ulong seed) => TorchException.Check(NativeMethods.ManualSeed(seed));

    /// <summary>Makes ops without a deterministic form fail instead of varying from run to run.</summary>
    public static void UseDeterministicAlgorithms(bool enabled) =>
        TorchException.Check(NativeMethods.SetDeterministic(enabled ? 1 : 0));

    /// <summary>Waits until a GPU has done what it was given.</summary>
    public static void Synchronize(int cudaIndex = 0) => TorchException.Check(NativeMethods.Synchronize(cudaIndex));

    /// <summary>Turns the autograd graph off on this thread until disposed.</summary>
    public static GradMode NoGrad() => new(false);

    /// <summary>Turns the autograd graph on on this thread until disposed.</summary>
    public static GradMode EnableGrad() => new(true);

    /// <summary>
    /// Turns autograd and its bookkeeping off on this thread until disposed. What is made meanwhile cannot be used in a graph
    /// later.
    /// </summary>
    public static InferenceMode InferenceMode() => new();

    /// <summary>Runs the ops that gain from it in a smaller type, on this thread, until disposed.</summary>
    /// <param name="device">Kind of device that it concerns.</param>
    /// <param name="type"><see cref="ScalarType.BFloat16"/>, or <see cref="ScalarType.Float16"/> on a GPU.</param>
    /// <param name="enabled">False turns it off, inside a region where it is on.</param>
    public static Autocast Autocast(DeviceType device, ScalarType type = ScalarType.BFloat16, bool enabled = true) =>
        new(device, type, enabled);

    /// <summary>Joins tensors along a dimension.</summary>
    public static Tensor Cat(Tensor[] tensors, long dim = 0) => Ops.Cat.Call(tensors, dim);

    /// <summary>Joins tensors of one shape along a new dimension.</summary>
    public static Tensor Stack(Tensor[] tensors, long dim = 0) => Ops.Stack.Call(tensors, dim);

    /// <summary>Sums of products by Einstein's notation: "nk,km->nm".</summary>
    public static Tensor Einsum(string equation, params Tensor[] tensors) => Ops.Einsum.Call(equation, tensors);

    /// <summary>Whether two tensors have the same shape and elements.</summary>
    public static bool Equal(Tensor left, Tensor right) => Ops.Equal.CallNumber(left, right) != 0;

    /// <summary>Calls any op by name, "aten::add.Tensor", for its one tensor. Keep a <see cref="TorchOp"/> where it is called often.</summary>
    public static Tensor Call(string op, params ReadOnlySpan<OpArgument> arguments) => TorchOp.Parse(op).Call(arguments);
}
