using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>The one question that SDL does not answer: whether an X server has a window manager.</summary>
internal static unsafe class X11
{
    /// <summary>
    /// True when a window manager of the usual kind runs (it announces itself in _NET_SUPPORTING_WM_CHECK), or when libX11 is
    /// not there to ask. Asks on a connection of its own, so it takes about a millisecond.
    /// </summary>
    public static bool HasWindowManager()
    {
        if (!NativeLibrary.TryLoad("libX11.so.6", out nint library))
            return true;
        var open = (delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(library, "XOpenDisplay");
        var close = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "XCloseDisplay");
        var root = (delegate* unmanaged<nint, CULong>)NativeLibrary.GetExport(library, "XDefaultRootWindow");
        var atom = (delegate* unmanaged<nint, byte*, int, CULong>)NativeLibrary.GetExport(library, "XInternAtom");
        var property = (delegate* unmanaged<nint, CULong, CULong, CLong, CLong, int, CULong, CULong*, int*, CULong*, CULong*, byte**, int>)NativeLibrary.GetExport(library, "XGetWindowProperty");
        var free = (delegate* unmanaged<void*, int>)NativeLibrary.GetExport(library, "XFree");
        nint display = open(null);
        if (display == 0)
            return true;
        CULong check, type, count, left;
        int format;
        byte* value = null;
        fixed (byte* name = "_NET_SUPPORTING_WM_CHECK\0"u8)
            check = atom(display, name, 0);
        int failed = property(display, root(display), check, new CLong(0), new CLong(1), 0, new CULong(0), &type, &format, &count, &left, &value);
        bool found = failed == 0 && count.Value > 0;
        if (value is not null)
            _ = free(value);
        _ = close(display);
        return found;
    }
}
