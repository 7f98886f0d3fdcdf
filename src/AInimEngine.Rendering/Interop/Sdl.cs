using System.Runtime.InteropServices;
using System.Text;

namespace AInimEngine.Rendering.Interop;

/// <summary>
/// The video part of libSDL2, loaded by its versioned name in this one place. A table of function pointers, as EGL's: the
/// library may be missing, and then the first use throws <see cref="DllNotFoundException"/>.
/// </summary>
internal static unsafe class Sdl
{
    public const uint InitVideo = 0x20;
    public const uint WindowFullScreenDesktop = 0x1001, WindowOpenGl = 0x2, WindowHidden = 0x8, WindowResizable = 0x20, WindowHighDpi = 0x2000;
    public const uint WindowMinimized = 0x40, WindowInputFocus = 0x200;
    public const int GlRedSize = 0, GlGreenSize = 1, GlBlueSize = 2, GlAlphaSize = 3, GlDoubleBuffer = 5, GlDepthSize = 6, GlStencilSize = 7;
    public const int GlContextMajor = 17, GlContextMinor = 18, GlContextProfile = 21, GlProfileCore = 1;

    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["SDL2.dll"]
        : OperatingSystem.IsMacOS() ? ["libSDL2-2.0.0.dylib", "libSDL2.dylib"] : ["libSDL2-2.0.so.0", "libSDL2.so"];

    private static readonly Lazy<Table> Functions = new(() => new Table(Open()));

    /// <summary>The functions; throws where the library is missing or too old.</summary>
    public static Table Api => Functions.Value;

    /// <summary>What went wrong last on this thread.</summary>
    public static string Error => Marshal.PtrToStringUTF8((nint)Api.GetError())?.ReplaceLineEndings(" ") ?? "";

    /// <summary>"2.26.5".</summary>
    public static string Version
    {
        get
        {
            byte* version = stackalloc byte[3];
            Api.GetVersion(version);
            return $"{version[0]}.{version[1]}.{version[2]}";
        }
    }

    public static void SetHint(string name, string value)
    {
        fixed (byte* key = Terminated(name), text = Terminated(value))
            Api.SetHint(key, text);
    }

    /// <summary>Sets what native code reads from the environment, which is not what .NET keeps.</summary>
    public static void SetEnvironment(string name, string value)
    {
        fixed (byte* key = Terminated(name), text = Terminated(value))
            Api.SetEnvironment(key, text, 1);
    }

    public static nint GetProcAddress(string name)
    {
        fixed (byte* text = Terminated(name))
            return Api.GlGetProcAddress(text);
    }

    public static nint CreateWindow(string title, int x, int y, int width, int height, uint flags)
    {
        fixed (byte* text = Terminated(title))
            return Api.CreateWindow(text, x, y, width, height, flags);
    }

    public static void SetWindowTitle(nint window, string title)
    {
        fixed (byte* text = Terminated(title))
            Api.SetWindowTitle(window, text);
    }

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static nint Open()
    {
        foreach (string name in Names)
            if (NativeLibrary.TryLoad(name, out nint library))
                return library;
        throw new DllNotFoundException($"{Names[0]} was not found");
    }

    internal sealed class Table(nint library)
    {
        public readonly delegate* unmanaged<byte*> GetError = (delegate* unmanaged<byte*>)Find(library, "SDL_GetError");
        public readonly delegate* unmanaged<byte*, void> GetVersion = (delegate* unmanaged<byte*, void>)Find(library, "SDL_GetVersion");
        public readonly delegate* unmanaged<byte*, byte*, int> SetHint = (delegate* unmanaged<byte*, byte*, int>)Find(library, "SDL_SetHint");
        public readonly delegate* unmanaged<byte*, byte*, int, int> SetEnvironment = (delegate* unmanaged<byte*, byte*, int, int>)Find(library, "SDL_setenv");
        public readonly delegate* unmanaged<uint, int> InitSubSystem = (delegate* unmanaged<uint, int>)Find(library, "SDL_InitSubSystem");
        public readonly delegate* unmanaged<uint, void> QuitSubSystem = (delegate* unmanaged<uint, void>)Find(library, "SDL_QuitSubSystem");
        public readonly delegate* unmanaged<byte*> GetCurrentVideoDriver = (delegate* unmanaged<byte*>)Find(library, "SDL_GetCurrentVideoDriver");
        public readonly delegate* unmanaged<void> DisableScreenSaver = (delegate* unmanaged<void>)Find(library, "SDL_DisableScreenSaver");
        public readonly delegate* unmanaged<int> IsScreenSaverEnabled = (delegate* unmanaged<int>)Find(library, "SDL_IsScreenSaverEnabled");
        public readonly delegate* unmanaged<int, int> ShowCursor = (delegate* unmanaged<int, int>)Find(library, "SDL_ShowCursor");
        public readonly delegate* unmanaged<int> GetNumVideoDisplays = (delegate* unmanaged<int>)Find(library, "SDL_GetNumVideoDisplays");
        public readonly delegate* unmanaged<int, byte*> GetDisplayName = (delegate* unmanaged<int, byte*>)Find(library, "SDL_GetDisplayName");
        public readonly delegate* unmanaged<int, SdlRect*, int> GetDisplayBounds = (delegate* unmanaged<int, SdlRect*, int>)Find(library, "SDL_GetDisplayBounds");
        public readonly delegate* unmanaged<int, SdlDisplayMode*, int> GetCurrentDisplayMode = (delegate* unmanaged<int, SdlDisplayMode*, int>)Find(library, "SDL_GetCurrentDisplayMode");
        public readonly delegate* unmanaged<byte*, int, int, int, int, uint, nint> CreateWindow = (delegate* unmanaged<byte*, int, int, int, int, uint, nint>)Find(library, "SDL_CreateWindow");
        public readonly delegate* unmanaged<nint, void> DestroyWindow = (delegate* unmanaged<nint, void>)Find(library, "SDL_DestroyWindow");
        public readonly delegate* unmanaged<nint, void> ShowWindow = (delegate* unmanaged<nint, void>)Find(library, "SDL_ShowWindow");
        public readonly delegate* unmanaged<nint, byte*, int> GetWindowWmInfo = (delegate* unmanaged<nint, byte*, int>)Find(library, "SDL_GetWindowWMInfo");
        public readonly delegate* unmanaged<nint, uint> GetWindowId = (delegate* unmanaged<nint, uint>)Find(library, "SDL_GetWindowID");
        public readonly delegate* unmanaged<nint, uint> GetWindowFlags = (delegate* unmanaged<nint, uint>)Find(library, "SDL_GetWindowFlags");
        public readonly delegate* unmanaged<nint, int> GetWindowDisplayIndex = (delegate* unmanaged<nint, int>)Find(library, "SDL_GetWindowDisplayIndex");
        public readonly delegate* unmanaged<nint, byte*, void> SetWindowTitle = (delegate* unmanaged<nint, byte*, void>)Find(library, "SDL_SetWindowTitle");
        public readonly delegate* unmanaged<nint, int, int, void> SetWindowPosition = (delegate* unmanaged<nint, int, int, void>)Find(library, "SDL_SetWindowPosition");
        public readonly delegate* unmanaged<nint, int, int, void> SetWindowSize = (delegate* unmanaged<nint, int, int, void>)Find(library, "SDL_SetWindowSize");
        public readonly delegate* unmanaged<nint, int*, int*, void> GetWindowSize = (delegate* unmanaged<nint, int*, int*, void>)Find(library, "SDL_GetWindowSize");
        public readonly delegate* unmanaged<nint, int*, int*, void> GlGetDrawableSize = (delegate* unmanaged<nint, int*, int*, void>)Find(library, "SDL_GL_GetDrawableSize");
        public readonly delegate* unmanaged<nint, uint, int> SetWindowFullscreen = (delegate* unmanaged<nint, uint, int>)Find(library, "SDL_SetWindowFullscreen");
        public readonly delegate* unmanaged<byte*, int> GlLoadLibrary = (delegate* unmanaged<byte*, int>)Find(library, "SDL_GL_LoadLibrary");
        public readonly delegate* unmanaged<void> GlUnloadLibrary = (delegate* unmanaged<void>)Find(library, "SDL_GL_UnloadLibrary");
        public readonly delegate* unmanaged<int, int, int> GlSetAttribute = (delegate* unmanaged<int, int, int>)Find(library, "SDL_GL_SetAttribute");
        public readonly delegate* unmanaged<nint, nint> GlCreateContext = (delegate* unmanaged<nint, nint>)Find(library, "SDL_GL_CreateContext");
        public readonly delegate* unmanaged<nint, void> GlDeleteContext = (delegate* unmanaged<nint, void>)Find(library, "SDL_GL_DeleteContext");
        public readonly delegate* unmanaged<nint, nint, int> GlMakeCurrent = (delegate* unmanaged<nint, nint, int>)Find(library, "SDL_GL_MakeCurrent");
        public readonly delegate* unmanaged<int, int> GlSetSwapInterval = (delegate* unmanaged<int, int>)Find(library, "SDL_GL_SetSwapInterval");
        public readonly delegate* unmanaged<nint, void> GlSwapWindow = (delegate* unmanaged<nint, void>)Find(library, "SDL_GL_SwapWindow");
        public readonly delegate* unmanaged<byte*, nint> GlGetProcAddress = (delegate* unmanaged<byte*, nint>)Find(library, "SDL_GL_GetProcAddress");
        public readonly delegate* unmanaged<SdlEvent*, int> PollEvent = (delegate* unmanaged<SdlEvent*, int>)Find(library, "SDL_PollEvent");
        public readonly delegate* unmanaged<SdlEvent*, int> PushEvent = (delegate* unmanaged<SdlEvent*, int>)Find(library, "SDL_PushEvent");

        private static nint Find(nint library, string name) => NativeLibrary.GetExport(library, name);
    }
}
