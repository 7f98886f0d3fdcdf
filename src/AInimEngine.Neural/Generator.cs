using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>
/// A seeded source of random numbers. The same seed and the same calls give the same numbers on the same libtorch build
/// and device. Used by one thread at a time.
/// </summary>
public sealed class Generator : IDisposable
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Any value.</param>
    /// <param name="device">Where the tensors live that it fills; the CPU if not given.</param>
    public Generator(ulong seed, Device? device = null)
    {
        Device = device ?? Device.Cpu;
        Handle = NativeMethods.GeneratorNew((int)Device.Type, Device.Index, seed);
        if (Handle.IsInvalid)
            throw new TorchException(NativeMethods.LastError());
    }

    /// <summary>Where the tensors live that it fills.</summary>
    public Device Device { get; }

    internal GeneratorHandle Handle { get; }

    /// <summary>Begins anew.</summary>
    public void ManualSeed(ulong seed) => TorchException.Check(NativeMethods.GeneratorSeed(Handle, seed));

    /// <summary>Its whole state, a byte tensor.</summary>
    public Tensor GetState() => new(NativeMethods.GeneratorState(Handle));

    /// <summary>Puts back what <see cref="GetState"/> gave.</summary>
    public void SetState(Tensor state) => TorchException.Check(NativeMethods.GeneratorSetState(Handle, state.Handle));

    /// <summary>Lets it go.</summary>
    public void Dispose() => Handle.Dispose();
}
