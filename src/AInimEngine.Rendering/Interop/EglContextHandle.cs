namespace AInimEngine.Rendering.Interop;

/// <summary>
/// An EGL context with the pbuffer it may need. Displays are shared by the process and stay initialised until it ends:
/// terminating one would kill the contexts of others on the same display.
/// </summary>
internal sealed class EglContextHandle : ContextHandle
{
    /// <summary>The display that the context belongs to.</summary>
    public nint Display { get; private set; }

    /// <summary>A 1x1 pbuffer, or 0 where the driver makes contexts current without a surface.</summary>
    public nint Surface { get; private set; }

    /// <inheritdoc/>
    public override string System => Egl.Text(Display, Egl.Version);

    /// <inheritdoc/>
    public override nint GetProcAddress(string name) => Egl.GetProcAddress(name);

    /// <inheritdoc/>
    public override void Unbind() => Egl.MakeCurrent(Display, 0, 0, 0);

    /// <summary>Takes ownership.</summary>
    public static EglContextHandle Own(nint display, nint context, nint surface)
    {
        var owned = new EglContextHandle { Display = display, Surface = surface };
        owned.SetHandle(context);
        return owned;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (Surface != 0)
            Egl.DestroySurface(Display, Surface);
        return Egl.DestroyContext(Display, handle) != 0;
    }
}
