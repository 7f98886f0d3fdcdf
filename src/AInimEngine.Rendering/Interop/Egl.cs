using System.Runtime.InteropServices;
using System.Text;

namespace AInimEngine.Rendering.Interop;

/// <summary>
/// libEGL, loaded by its versioned name in this one place. A table of function pointers, as OpenGL's: the library may be
/// missing, and then the first use throws what <see cref="NativeLibrary"/> throws instead of a wrapped import failure.
/// </summary>
internal static unsafe class Egl
{
    public const int Width = 0x3057, Height = 0x3056, None = 0x3038, SurfaceType = 0x3033, PbufferBit = 1;
    public const int RenderableType = 0x3040, OpenGlBit = 8;
    public const int ContextMajor = 0x3098, ContextMinor = 0x30FB, ContextProfileMask = 0x30FD, CoreProfileBit = 1;
    public const uint OpenGlApi = 0x30A2, PlatformSurfaceless = 0x31DD, PlatformDevice = 0x313F;
    public const int Vendor = 0x3053, Version = 0x3054, Extensions = 0x3055;

    private static readonly string[] Names = ["libEGL.so.1", "libEGL.so"];
    private static readonly Lazy<Table> Functions = new(() => new Table(Open()));

    public static nint GetProcAddress(string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
            return Functions.Value.GetProcAddress(text);
    }

    public static nint GetDisplay(nint native) => Functions.Value.GetDisplay(native);

    public static uint Initialize(nint display, int* major, int* minor) => Functions.Value.Initialize(display, major, minor);

    public static uint BindApi(uint api) => Functions.Value.BindApi(api);

    public static uint ChooseConfig(nint display, int* attributes, nint* configs, int size, int* count) =>
        Functions.Value.ChooseConfig(display, attributes, configs, size, count);

    public static nint CreateContext(nint display, nint config, nint share, int* attributes) =>
        Functions.Value.CreateContext(display, config, share, attributes);

    public static uint DestroyContext(nint display, nint context) => Functions.Value.DestroyContext(display, context);

    public static nint CreatePbufferSurface(nint display, nint config, int* attributes) =>
        Functions.Value.CreatePbufferSurface(display, config, attributes);

    public static uint DestroySurface(nint display, nint surface) => Functions.Value.DestroySurface(display, surface);

    public static uint MakeCurrent(nint display, nint draw, nint read, nint context) =>
        Functions.Value.MakeCurrent(display, draw, read, context);

    public static int GetError() => Functions.Value.GetError();

    /// <summary>A string of the display, or of the client when <paramref name="display"/> is 0.</summary>
    public static string Text(nint display, int name) => Marshal.PtrToStringUTF8((nint)Functions.Value.QueryString(display, name)) ?? "";

    /// <summary>Environment variable that names another libEGL, and no fallback.</summary>
    private const string PathVariable = "AINIM_EGL";

    private static nint Open()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path)
            return NativeLibrary.TryLoad(path, out nint chosen) ? chosen : throw new DllNotFoundException($"{path} was not found");
        foreach (string name in Names)
            if (NativeLibrary.TryLoad(name, out nint library))
                return library;
        throw new DllNotFoundException($"{Names[0]} was not found");
    }

    private sealed class Table(nint library)
    {
        public readonly delegate* unmanaged<byte*, nint> GetProcAddress = (delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(library, "eglGetProcAddress");
        public readonly delegate* unmanaged<nint, int, byte*> QueryString = (delegate* unmanaged<nint, int, byte*>)NativeLibrary.GetExport(library, "eglQueryString");
        public readonly delegate* unmanaged<nint, nint> GetDisplay = (delegate* unmanaged<nint, nint>)NativeLibrary.GetExport(library, "eglGetDisplay");
        public readonly delegate* unmanaged<nint, int*, int*, uint> Initialize = (delegate* unmanaged<nint, int*, int*, uint>)NativeLibrary.GetExport(library, "eglInitialize");
        public readonly delegate* unmanaged<uint, uint> BindApi = (delegate* unmanaged<uint, uint>)NativeLibrary.GetExport(library, "eglBindAPI");
        public readonly delegate* unmanaged<nint, int*, nint*, int, int*, uint> ChooseConfig = (delegate* unmanaged<nint, int*, nint*, int, int*, uint>)NativeLibrary.GetExport(library, "eglChooseConfig");
        public readonly delegate* unmanaged<nint, nint, nint, int*, nint> CreateContext = (delegate* unmanaged<nint, nint, nint, int*, nint>)NativeLibrary.GetExport(library, "eglCreateContext");
        public readonly delegate* unmanaged<nint, nint, uint> DestroyContext = (delegate* unmanaged<nint, nint, uint>)NativeLibrary.GetExport(library, "eglDestroyContext");
        public readonly delegate* unmanaged<nint, nint, int*, nint> CreatePbufferSurface = (delegate* unmanaged<nint, nint, int*, nint>)NativeLibrary.GetExport(library, "eglCreatePbufferSurface");
        public readonly delegate* unmanaged<nint, nint, uint> DestroySurface = (delegate* unmanaged<nint, nint, uint>)NativeLibrary.GetExport(library, "eglDestroySurface");
        public readonly delegate* unmanaged<nint, nint, nint, nint, uint> MakeCurrent = (delegate* unmanaged<nint, nint, nint, nint, uint>)NativeLibrary.GetExport(library, "eglMakeCurrent");
        public readonly delegate* unmanaged<int> GetError = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "eglGetError");
    }
}
