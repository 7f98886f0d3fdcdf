using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>Finds displays to draw on without a screen, the best first.</summary>
internal static unsafe class EglDisplays
{
    private const int MaxDevices = 16;

    /// <summary>
    /// GPU devices (EGL_EXT_platform_device), then Mesa's surfaceless platform, then the remaining devices and the
    /// default display. Devices lead because the surfaceless platform is Mesa's alone: beside another vendor's driver it
    /// would silently draw on the CPU.
    /// </summary>
    public static IEnumerable<(string Platform, nint Display)> Candidates()
    {
        string client = Egl.Text(0, Egl.Extensions);
        List<(string Name, nint Device, bool Software)> devices = [];
        if (client.Contains("EGL_EXT_platform_device", StringComparison.Ordinal)
            && (client.Contains("EGL_EXT_device_enumeration", StringComparison.Ordinal) || client.Contains("EGL_EXT_device_base", StringComparison.Ordinal)))
            devices = Devices();

        var found = new List<(string, nint)>();
        foreach ((string name, nint device, bool software) in devices)
            if (!software)
                found.Add((name, PlatformDisplay(Egl.PlatformDevice, device)));
        if (client.Contains("EGL_MESA_platform_surfaceless", StringComparison.Ordinal))
            found.Add(("surfaceless", PlatformDisplay(Egl.PlatformSurfaceless, 0)));
        foreach ((string name, nint device, bool software) in devices)
            if (software)
                found.Add((name, PlatformDisplay(Egl.PlatformDevice, device)));
        found.Add(("default", Egl.GetDisplay(0)));
        return found.Where(candidate => candidate.Item2 != 0);
    }

    private static List<(string Name, nint Device, bool Software)> Devices()
    {
        var query = (delegate* unmanaged<int, nint*, int*, uint>)Egl.GetProcAddress("eglQueryDevicesEXT");
        var text = (delegate* unmanaged<nint, int, byte*>)Egl.GetProcAddress("eglQueryDeviceStringEXT");
        nint* devices = stackalloc nint[MaxDevices];
        int count = 0;
        var found = new List<(string, nint, bool)>();
        if (query is null || query(MaxDevices, devices, &count) == 0)
            return found;
        for (int i = 0; i < count; i++)
        {
            string extensions = text is null ? "" : Marshal.PtrToStringUTF8((nint)text(devices[i], Egl.Extensions)) ?? "";
            found.Add(($"device {i}", devices[i], extensions.Contains("EGL_MESA_device_software", StringComparison.Ordinal)));
        }
        return found;
    }

    private static nint PlatformDisplay(uint platform, nint native)
    {
        var get = (delegate* unmanaged<uint, nint, int*, nint>)Egl.GetProcAddress("eglGetPlatformDisplayEXT");
        return get is null ? 0 : get(platform, native, null);
    }
}
