using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>An OpenGL context of whichever system made it: EGL without a screen, SDL with windows.</summary>
internal abstract class ContextHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The system that made it: "1.5 Mesa Project", "SDL 2.26.5".</summary>
    public abstract string System { get; }

    /// <summary>Address of an OpenGL function, or 0.</summary>
    public abstract nint GetProcAddress(string name);

    /// <summary>Lets go of the context on this thread.</summary>
    public abstract void Unbind();
}
