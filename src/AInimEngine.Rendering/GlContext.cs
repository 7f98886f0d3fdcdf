using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Rendering.Interop;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering;

/// <summary>
/// An OpenGL 3.3 core context, without a screen or made by the windows of a <see cref="Windowing.WindowSystem"/>. It belongs
/// to the thread that made it: every GPU object is made, used and freed there, and so is the context. With Mesa's llvmpipe (22.3) only one context of a process may draw at a time: it
/// looks into the scenes of the others without a lock.
/// </summary>
public sealed unsafe class GlContext : IDisposable
{
    private const string Cure = "Install libegl1 and libgl1-mesa-dri (apt-get install libegl1 libgl1-mesa-dri).";

    private readonly ContextHandle _context;
    private readonly Thread _thread = Thread.CurrentThread;
    private readonly uint _vertexArray;

    /// <param name="context">Current on this thread; owned from here on.</param>
    /// <param name="platform">How it was found.</param>
    internal GlContext(ContextHandle context, string platform)
    {
        _context = context;
        Gl = GL.GetApi(context.GetProcAddress);
        string renderer = Gl.GetString(StringName.Renderer);
        bool software = renderer.Contains("llvmpipe", StringComparison.OrdinalIgnoreCase)
            || renderer.Contains("softpipe", StringComparison.OrdinalIgnoreCase)
            || renderer.Contains("swrast", StringComparison.OrdinalIgnoreCase);
        Info = new GlInfo(Gl.GetString(StringName.Vendor), renderer, Gl.GetString(StringName.Version), platform,
            context.System, software);
        MaxTextureSize = Gl.GetInteger(GetPName.MaxTextureSize);

        // Core profile draws nothing without a vertex array; the full-screen triangle is made from gl_VertexID.
        _vertexArray = Gl.GenVertexArray();
        Gl.BindVertexArray(_vertexArray);
        Gl.Disable(EnableCap.DepthTest);
        Gl.Disable(EnableCap.Blend);
        Gl.Disable(EnableCap.CullFace);
        Gl.Disable(EnableCap.Dither);
        Gl.PixelStore(PixelStoreParameter.PackAlignment, 1);
        Gl.PixelStore(PixelStoreParameter.UnpackAlignment, 1);
    }

    /// <summary>What draws.</summary>
    public GlInfo Info { get; }

    /// <summary>The function table, for the owning thread.</summary>
    internal GL Gl { get; }

    /// <summary>Longest side of a texture in pixels.</summary>
    public int MaxTextureSize { get; }

    /// <summary>Textures, framebuffers, buffers and programs alive; 0 before <see cref="Dispose"/> when nothing leaks.</summary>
    public int LiveObjects { get; private set; }

    /// <summary>Makes a context on the best display there is and makes it current on this thread.</summary>
    /// <exception cref="AInimException">libEGL is missing, or no driver offers OpenGL 3.3.</exception>
    public static GlContext CreateHeadless() => Create(EglDisplays.Candidates);

    /// <summary>Makes a context on the first display that offers one.</summary>
    internal static GlContext Create(Func<IEnumerable<(string Platform, nint Display)>> displays)
    {
        var failures = new List<string>();
        try
        {
            foreach ((string platform, nint display) in displays())
            {
                EglContextHandle? context = TryCreate(display, out string failure);
                if (context is not null)
                    return new GlContext(context, platform);
                failures.Add($"{platform}: {failure}");
            }
        }
        catch (DllNotFoundException missing)
        {
            throw new AInimException(ExitCode.Environment, $"cannot draw: libEGL.so.1 was not found. {Cure}", missing);
        }
        catch (EntryPointNotFoundException missing)
        {
            throw new AInimException(ExitCode.Environment, $"cannot draw: {missing.Message}. {Cure}", missing);
        }
        string found = failures.Count > 0 ? string.Join("; ", failures) : "no display";
        throw new AInimException(ExitCode.Environment, $"cannot draw: no OpenGL 3.3 context ({found}). {Cure}");
    }

    /// <summary>Throws when the driver has recorded an error since the last check: a fault of ours.</summary>
    public void CheckErrors(string where)
    {
        ErrorCode error = Gl.GetError();
        if (error != ErrorCode.NoError)
            throw new InvalidOperationException($"OpenGL reports {error} in {where}");
    }

    /// <summary>Waits until everything that was asked for is drawn: for measurements. The context's thread.</summary>
    public void Finish() => Gl.Finish();

    /// <summary>In debug builds, fails when called on a thread that does not own the context.</summary>
    [Conditional("DEBUG")]
    public void AssertThread() =>
        Debug.Assert(Thread.CurrentThread == _thread, "the OpenGL context is used on a thread that does not own it");

    /// <summary>Frees the context. The owning thread calls it, after disposing what was made with it.</summary>
    public void Dispose()
    {
        if (_context.IsClosed)
            return;
        AssertThread();
        Gl.DeleteVertexArray(_vertexArray);
        _context.Unbind();
        _context.Dispose();
    }

    /// <summary>Binds the vertex array without attributes that full-screen triangles are drawn with.</summary>
    internal void BindVertexArray() => Gl.BindVertexArray(_vertexArray);

    internal void Count(int change)
    {
        AssertThread();
        LiveObjects += change;
    }

    private static EglContextHandle? TryCreate(nint display, out string failure)
    {
        int major, minor;
        if (Egl.Initialize(display, &major, &minor) == 0)
        {
            failure = $"eglInitialize failed with 0x{Egl.GetError():x}";
            return null;
        }
        if (Egl.BindApi(Egl.OpenGlApi) == 0)
        {
            failure = $"eglBindAPI failed with 0x{Egl.GetError():x}";
            return null;
        }

        int* wanted = stackalloc int[] { Egl.SurfaceType, Egl.PbufferBit, Egl.RenderableType, Egl.OpenGlBit, Egl.None };
        nint config = 0;
        int count = 0;
        if (Egl.ChooseConfig(display, wanted, &config, 1, &count) == 0 || count == 0)
        {
            failure = $"eglChooseConfig found nothing (0x{Egl.GetError():x})";
            return null;
        }

        int* version = stackalloc int[] { Egl.ContextMajor, 3, Egl.ContextMinor, 3, Egl.ContextProfileMask, Egl.CoreProfileBit, Egl.None };
        nint context = Egl.CreateContext(display, config, 0, version);
        if (context == 0)
        {
            failure = $"eglCreateContext failed with 0x{Egl.GetError():x}";
            return null;
        }

        nint surface = 0;
        if (!Egl.Text(display, Egl.Extensions).Contains("EGL_KHR_surfaceless_context", StringComparison.Ordinal))
        {
            int* size = stackalloc int[] { Egl.Width, 1, Egl.Height, 1, Egl.None };
            surface = Egl.CreatePbufferSurface(display, config, size);
        }
        EglContextHandle owned = EglContextHandle.Own(display, context, surface);
        if (Egl.MakeCurrent(display, surface, surface, context) == 0)
        {
            failure = $"eglMakeCurrent failed with 0x{Egl.GetError():x}";
            owned.Dispose();
            return null;
        }
        failure = "";
        return owned;
    }
}
