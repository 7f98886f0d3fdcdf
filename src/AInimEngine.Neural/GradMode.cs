using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>Whether the autograd graph is recorded on this thread, until disposed on it.</summary>
public readonly ref struct GradMode
{
    private readonly bool _before;

    internal GradMode(bool enabled)
    {
        _before = NativeMethods.GradEnabled() != 0;
        NativeMethods.SetGradEnabled(enabled ? 1 : 0);
    }

    /// <summary>Puts back what was.</summary>
    public void Dispose() => NativeMethods.SetGradEnabled(_before ? 1 : 0);
}
