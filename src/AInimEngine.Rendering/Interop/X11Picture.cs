using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>
/// What an X server shows of a window, read on SDL's own connection and so after everything that was sent there before it.
/// </summary>
internal static unsafe class X11Picture
{
    private const int ZPixmap = 2;

    private static readonly Lazy<Table?> Functions = new(() => NativeLibrary.TryLoad("libX11.so.6", out nint library) ? new Table(library) : null);

    /// <summary>Mean of all bytes of colour of a part of the screen, 0..255.</summary>
    /// <param name="window">SDL's.</param>
    /// <param name="x">From the window's left edge; the part must lie on the screen.</param>
    /// <param name="y">From its top.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="mean">The mean.</param>
    /// <returns>False where that is no window of an X server, or it cannot be read.</returns>
    public static bool TryMean(nint window, int x, int y, int width, int height, out double mean)
    {
        const int X11System = 2;
        mean = 0;
        // SDL_SysWMinfo: three bytes of version, the system, and on X11 the connection and the window.
        byte* info = stackalloc byte[512];
        new Span<byte>(info, 512).Clear();
        Sdl.Api.GetVersion(info);
        if (Functions.Value is not { } api || Sdl.Api.GetWindowWmInfo(window, info) == 0 || *(int*)(info + 4) != X11System)
            return false;
        nint display = *(nint*)(info + 8);
        var id = new CULong(*(nuint*)(info + 16));
        // XImage: width, height, xoffset, format, data at 16, bytes_per_line at 44, bits_per_pixel at 48, destroy_image at 96.
        byte* image = api.GetImage(display, id, x, y, (uint)width, (uint)height, new CULong(nuint.MaxValue), ZPixmap);
        if (image is null)
            return false;
        byte* data = *(byte**)(image + 16);
        int stride = *(int*)(image + 44), size = *(int*)(image + 48) / 8;
        long sum = 0;
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++)
            {
                byte* pixel = data + row * stride + column * size;
                sum += pixel[0] + pixel[1] + pixel[2];
            }
        _ = ((delegate* unmanaged<byte*, int>)(*(nint*)(image + 96)))(image);
        mean = sum / (3.0 * width * height);
        return size >= 3;
    }

    private sealed class Table(nint library)
    {
        public readonly delegate* unmanaged<nint, CULong, int, int, uint, uint, CULong, int, byte*> GetImage =
            (delegate* unmanaged<nint, CULong, int, int, uint, uint, CULong, int, byte*>)NativeLibrary.GetExport(library, "XGetImage");
    }
}
