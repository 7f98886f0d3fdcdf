using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Interop;

/// <summary>Owns a native op program.</summary>
internal sealed class ProgramHandle : SafeHandle
{
    public ProgramHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.ProgramRelease(handle);
        return true;
    }
}
