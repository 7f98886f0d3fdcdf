using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Interop;

/// <summary>Owns a native random number generator.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    public GeneratorHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.GeneratorRelease(handle);
        return true;
    }
}
