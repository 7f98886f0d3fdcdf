using System.Runtime.InteropServices;
using System.Text;
using AInimEngine.Core.Errors;

namespace AInimEngine.Control.Interop;

/// <summary>
/// RtMidi's C interface (rtmidi_c.h, 5.0 and later), loaded by its versioned name in this one place. A table of function
/// pointers: the library may be missing, and then only its first use says so.
/// </summary>
internal static unsafe class RtMidi
{
    /// <summary>Environment variable that names another librtmidi, and no fallback.</summary>
    private const string PathVariable = "AINIM_RTMIDI";

    private static readonly string[] s_names = OperatingSystem.IsWindows() ? ["rtmidi.dll", "librtmidi-6.dll"]
        : OperatingSystem.IsMacOS() ? ["librtmidi.6.dylib", "librtmidi.dylib", "/opt/homebrew/lib/librtmidi.dylib"]
        : ["librtmidi.so.6", "librtmidi.so.7", "librtmidi.so"];

    private static readonly Lazy<Table> s_functions = new(() => new Table(Open()));

    /// <summary>The functions.</summary>
    /// <exception cref="AInimException">RtMidi is not installed.</exception>
    internal static Table Functions => s_functions.Value;

    /// <summary>A port's name; empty when the port is gone meanwhile.</summary>
    internal static string PortName(Wrapper* device, uint port)
    {
        int length = 0;
        Functions.GetPortName(device, port, null, &length);
        if (length is <= 0 or > 4096)
            return "";
        byte[] text = new byte[length];
        fixed (byte* at = text)
            Functions.GetPortName(device, port, at, &length);
        return Encoding.UTF8.GetString(text).TrimEnd('\0');
    }

    /// <summary>Throws what the last call on a device complained of.</summary>
    internal static void Check(Wrapper* device, string what)
    {
        if (device is null)
            throw new AInimException(ExitCode.Environment, $"{what}: RtMidi gave nothing back.");
        if (device->Ok != 0)
            return;
        string reason = Marshal.PtrToStringUTF8((nint)device->Message) ?? "";
        throw new AInimException(ExitCode.Environment, $"{what}: {reason.ReplaceLineEndings(" ").TrimEnd('.', ' ')}.");
    }

    private static nint Open()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path)
            return NativeLibrary.TryLoad(path, out nint chosen) ? chosen : throw Missing($"{PathVariable} names '{path}', which cannot be loaded");
        foreach (string name in s_names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
                return library;
        }
        throw Missing($"{s_names[0]} was not found");
    }

    private static AInimException Missing(string reason) =>
        new(ExitCode.Environment, $"MIDI needs RtMidi: {reason}. Install it (apt-get install librtmidi6), or go on without MIDI.");

    /// <summary>struct RtMidiWrapper.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Wrapper
    {
        public void* Pointer;
        public void* Data;
        public byte Ok;
        public byte* Message;
    }

    internal sealed class Table(nint library)
    {
        public readonly delegate* unmanaged<int, byte*, uint, Wrapper*> InCreate = (delegate* unmanaged<int, byte*, uint, Wrapper*>)NativeLibrary.GetExport(library, "rtmidi_in_create");
        public readonly delegate* unmanaged<Wrapper*, void> InFree = (delegate* unmanaged<Wrapper*, void>)NativeLibrary.GetExport(library, "rtmidi_in_free");
        public readonly delegate* unmanaged<Wrapper*, delegate* unmanaged<double, byte*, nuint, void*, void>, void*, void> InSetCallback = (delegate* unmanaged<Wrapper*, delegate* unmanaged<double, byte*, nuint, void*, void>, void*, void>)NativeLibrary.GetExport(library, "rtmidi_in_set_callback");
        public readonly delegate* unmanaged<Wrapper*, void> InCancelCallback = (delegate* unmanaged<Wrapper*, void>)NativeLibrary.GetExport(library, "rtmidi_in_cancel_callback");
        public readonly delegate* unmanaged<Wrapper*, byte, byte, byte, void> InIgnoreTypes = (delegate* unmanaged<Wrapper*, byte, byte, byte, void>)NativeLibrary.GetExport(library, "rtmidi_in_ignore_types");
        public readonly delegate* unmanaged<Wrapper*, int> InGetCurrentApi = (delegate* unmanaged<Wrapper*, int>)NativeLibrary.GetExport(library, "rtmidi_in_get_current_api");
        public readonly delegate* unmanaged<int, byte*, Wrapper*> OutCreate = (delegate* unmanaged<int, byte*, Wrapper*>)NativeLibrary.GetExport(library, "rtmidi_out_create");
        public readonly delegate* unmanaged<Wrapper*, void> OutFree = (delegate* unmanaged<Wrapper*, void>)NativeLibrary.GetExport(library, "rtmidi_out_free");
        public readonly delegate* unmanaged<Wrapper*, byte*, int, int> OutSendMessage = (delegate* unmanaged<Wrapper*, byte*, int, int>)NativeLibrary.GetExport(library, "rtmidi_out_send_message");
        public readonly delegate* unmanaged<Wrapper*, uint> GetPortCount = (delegate* unmanaged<Wrapper*, uint>)NativeLibrary.GetExport(library, "rtmidi_get_port_count");
        public readonly delegate* unmanaged<Wrapper*, uint, byte*, int*, int> GetPortName = (delegate* unmanaged<Wrapper*, uint, byte*, int*, int>)NativeLibrary.GetExport(library, "rtmidi_get_port_name");
        public readonly delegate* unmanaged<Wrapper*, uint, byte*, void> OpenPort = (delegate* unmanaged<Wrapper*, uint, byte*, void>)NativeLibrary.GetExport(library, "rtmidi_open_port");
        public readonly delegate* unmanaged<Wrapper*, byte*, void> OpenVirtualPort = (delegate* unmanaged<Wrapper*, byte*, void>)NativeLibrary.GetExport(library, "rtmidi_open_virtual_port");
        public readonly delegate* unmanaged<Wrapper*, void> ClosePort = (delegate* unmanaged<Wrapper*, void>)NativeLibrary.GetExport(library, "rtmidi_close_port");
        public readonly delegate* unmanaged<int, byte*> ApiName = (delegate* unmanaged<int, byte*>)NativeLibrary.GetExport(library, "rtmidi_api_name");
        public readonly delegate* unmanaged<int*, uint, int> GetCompiledApi = (delegate* unmanaged<int*, uint, int>)NativeLibrary.GetExport(library, "rtmidi_get_compiled_api");
    }
}
