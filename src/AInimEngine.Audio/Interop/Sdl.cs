using System.Runtime.InteropServices;
using System.Text;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Interop;

/// <summary>
/// The sound half of libSDL2, loaded by its versioned name in this one place. A table of function pointers: the library may
/// be missing, and that must be an error for people, and only for who uses sound.
/// </summary>
internal static unsafe class Sdl
{
    public const uint Audio = 0x10;

    /// <summary>What SDL_GetAudioDeviceStatus says of a device that is closed or was taken away.</summary>
    public const int Stopped = 0;

    /// <summary>Environment variable that names another libSDL2, and no fallback.</summary>
    private const string PathVariable = "AINIM_SDL";

    private static readonly Lazy<Table> Functions = new(() => new Table(Open()));

    public static int InitSubSystem(uint systems)
    {
        Functions.Value.SetMainReady();
        return Functions.Value.InitSubSystem(systems);
    }

    public static void QuitSubSystem(uint systems) => Functions.Value.QuitSubSystem(systems);

    public static void SetHint(string name, string value)
    {
        fixed (byte* n = Bytes(name))
        fixed (byte* v = Bytes(value))
            Functions.Value.SetHint(n, v);
    }

    public static string Error => Text(Functions.Value.GetError()) ?? "";

    /// <summary>"pulseaudio", "alsa", "dummy", ...</summary>
    public static string Driver => Text(Functions.Value.GetCurrentAudioDriver()) ?? "";

    public static int DeviceCount(bool capture) => Functions.Value.GetNumAudioDevices(capture ? 1 : 0);

    public static string? DeviceName(int index, bool capture) => Text(Functions.Value.GetAudioDeviceName(index, capture ? 1 : 0));

    /// <summary>Own rate and channels of a device; zeros where the library or the driver does not tell.</summary>
    public static SdlAudioSpec DeviceSpec(int index, bool capture)
    {
        SdlAudioSpec spec = default;
        if (Functions.Value.GetAudioDeviceSpec is not null)
            Functions.Value.GetAudioDeviceSpec(index, capture ? 1 : 0, &spec);
        return spec;
    }

    /// <summary>The name of the system's default, or null where the library (before 2.24) or the driver does not tell.</summary>
    public static string? DefaultDevice(bool capture)
    {
        if (Functions.Value.GetDefaultAudioInfo is null)
            return null;
        SdlAudioSpec spec = default;
        byte* name = null;
        if (Functions.Value.GetDefaultAudioInfo(&name, &spec, capture ? 1 : 0) != 0 || name is null)
            return null;
        string? text = Text(name);
        Functions.Value.Free((nint)name);
        return text;
    }

    /// <summary>Opens a device of exactly that form; SDL converts. 0 when it fails.</summary>
    public static uint OpenDevice(string? name, bool capture, in SdlAudioSpec wanted)
    {
        SdlAudioSpec obtained = default;
        fixed (SdlAudioSpec* spec = &wanted)
        fixed (byte* text = name is null ? null : Bytes(name))
            return Functions.Value.OpenAudioDevice(text, capture ? 1 : 0, spec, &obtained, 0);
    }

    public static void Pause(uint device, bool pause) => Functions.Value.PauseAudioDevice(device, pause ? 1 : 0);

    public static int Status(uint device) => Functions.Value.GetAudioDeviceStatus(device);

    public static void CloseDevice(uint device) => Functions.Value.CloseAudioDevice(device);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    private static nint Open()
    {
        string[] names = Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path ? [path]
            : OperatingSystem.IsWindows() ? ["SDL2.dll"]
            : OperatingSystem.IsMacOS() ? ["libSDL2-2.0.0.dylib", "libSDL2.dylib", "/opt/homebrew/lib/libSDL2-2.0.0.dylib"]
            : ["libSDL2-2.0.so.0"];
        foreach (string name in names)
            if (NativeLibrary.TryLoad(name, out nint library))
                return library;
        string cure = OperatingSystem.IsLinux() ? "Install libsdl2-2.0-0 (apt-get install libsdl2-2.0-0)."
            : OperatingSystem.IsMacOS() ? "Install it (brew install sdl2)."
            : "Put SDL2.dll from https://libsdl.org beside the program.";
        throw new AInimException(ExitCode.Environment, $"cannot use sound devices: SDL2 ({names[0]}) was not found. {cure}");
    }

    private sealed class Table(nint library)
    {
        public readonly delegate* unmanaged[Cdecl]<void> SetMainReady = (delegate* unmanaged[Cdecl]<void>)NativeLibrary.GetExport(library, "SDL_SetMainReady");
        public readonly delegate* unmanaged[Cdecl]<uint, int> InitSubSystem = (delegate* unmanaged[Cdecl]<uint, int>)NativeLibrary.GetExport(library, "SDL_InitSubSystem");
        public readonly delegate* unmanaged[Cdecl]<uint, void> QuitSubSystem = (delegate* unmanaged[Cdecl]<uint, void>)NativeLibrary.GetExport(library, "SDL_QuitSubSystem");
        public readonly delegate* unmanaged[Cdecl]<byte*, byte*, int> SetHint = (delegate* unmanaged[Cdecl]<byte*, byte*, int>)NativeLibrary.GetExport(library, "SDL_SetHint");
        public readonly delegate* unmanaged[Cdecl]<byte*> GetError = (delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(library, "SDL_GetError");
        public readonly delegate* unmanaged[Cdecl]<byte*> GetCurrentAudioDriver = (delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(library, "SDL_GetCurrentAudioDriver");
        public readonly delegate* unmanaged[Cdecl]<int, int> GetNumAudioDevices = (delegate* unmanaged[Cdecl]<int, int>)NativeLibrary.GetExport(library, "SDL_GetNumAudioDevices");
        public readonly delegate* unmanaged[Cdecl]<int, int, byte*> GetAudioDeviceName = (delegate* unmanaged[Cdecl]<int, int, byte*>)NativeLibrary.GetExport(library, "SDL_GetAudioDeviceName");
        public readonly delegate* unmanaged[Cdecl]<int, int, SdlAudioSpec*, int> GetAudioDeviceSpec = (delegate* unmanaged[Cdecl]<int, int, SdlAudioSpec*, int>)Find(library, "SDL_GetAudioDeviceSpec");
        public readonly delegate* unmanaged[Cdecl]<byte**, SdlAudioSpec*, int, int> GetDefaultAudioInfo = (delegate* unmanaged[Cdecl]<byte**, SdlAudioSpec*, int, int>)Find(library, "SDL_GetDefaultAudioInfo");
        public readonly delegate* unmanaged[Cdecl]<nint, void> Free = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "SDL_free");
        public readonly delegate* unmanaged[Cdecl]<byte*, int, SdlAudioSpec*, SdlAudioSpec*, int, uint> OpenAudioDevice = (delegate* unmanaged[Cdecl]<byte*, int, SdlAudioSpec*, SdlAudioSpec*, int, uint>)NativeLibrary.GetExport(library, "SDL_OpenAudioDevice");
        public readonly delegate* unmanaged[Cdecl]<uint, int, void> PauseAudioDevice = (delegate* unmanaged[Cdecl]<uint, int, void>)NativeLibrary.GetExport(library, "SDL_PauseAudioDevice");
        public readonly delegate* unmanaged[Cdecl]<uint, int> GetAudioDeviceStatus = (delegate* unmanaged[Cdecl]<uint, int>)NativeLibrary.GetExport(library, "SDL_GetAudioDeviceStatus");
        public readonly delegate* unmanaged[Cdecl]<uint, void> CloseAudioDevice = (delegate* unmanaged[Cdecl]<uint, void>)NativeLibrary.GetExport(library, "SDL_CloseAudioDevice");

        private static nint Find(nint library, string name) => NativeLibrary.TryGetExport(library, name, out nint function) ? function : 0;
    }
}
