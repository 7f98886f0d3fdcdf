using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>A window of SDL's. Freed on the thread that made it.</summary>
internal sealed class SdlWindowHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Takes ownership.</summary>
    public static SdlWindowHandle Own(nint window)
    {
        var owned = new SdlWindowHandle();
        owned.SetHandle(window);
        return owned;
    }

    /// <inheritdoc/>
    protected override unsafe bool ReleaseHandle()
    {
        Sdl.Api.DestroyWindow(handle);
        return true;
    }
}
