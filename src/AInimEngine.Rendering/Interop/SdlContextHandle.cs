namespace AInimEngine.Rendering.Interop;

/// <summary>An OpenGL context that SDL made for windows. Freed on the thread that draws.</summary>
internal sealed class SdlContextHandle : ContextHandle
{
    /// <inheritdoc/>
    public override string System { get; } = $"SDL {Sdl.Version}";

    /// <summary>Takes ownership.</summary>
    public static SdlContextHandle Own(nint context)
    {
        var owned = new SdlContextHandle();
        owned.SetHandle(context);
        return owned;
    }

    /// <inheritdoc/>
    public override nint GetProcAddress(string name) => Sdl.GetProcAddress(name);

    /// <inheritdoc/>
    public override unsafe void Unbind() => Sdl.Api.GlMakeCurrent(0, 0);

    /// <inheritdoc/>
    protected override unsafe bool ReleaseHandle()
    {
        Sdl.Api.GlDeleteContext(handle);
        return true;
    }
}
