using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>libtorch's inference mode on this thread, until disposed on it, innermost first.</summary>
public readonly ref struct InferenceMode
{
    private readonly nint _guard;

    /// <summary>Begins it.</summary>
    public InferenceMode() => _guard = NativeMethods.InferenceBegin();

    /// <summary>Ends it.</summary>
    public void Dispose() => NativeMethods.InferenceEnd(_guard);
}
