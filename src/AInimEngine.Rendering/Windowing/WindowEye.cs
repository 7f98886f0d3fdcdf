using AInimEngine.Rendering.Interop;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Windowing;

/// <summary>
/// Reads back how bright the middle of a window is, as it is shown: from the X server where that shows it, else from OpenGL's
/// front buffer. For measurements; waits for the screen's side. The window's thread.
/// </summary>
/// <param name="window">The window; it lies on a screen as a whole and nothing covers its middle.</param>
public sealed unsafe class WindowEye(GlWindow window)
{
    private const int Width = 96, Height = 54;

    private readonly byte[] _pixels = new byte[Width * Height * 4];

    /// <summary>Mean of the three channels in the middle of the window, 0..255. After <see cref="GlWindow.Swap"/>.</summary>
    public double Look()
    {
        int width = Math.Min(Width, window.Width), height = Math.Min(Height, window.Height), x = (window.Width - width) / 2, y = (window.Height - height) / 2;
        if (X11Picture.TryMean(window.Native, x, y, width, height, out double mean))
            return mean;
        window.Target();
        GL gl = window.Context.Gl;
        gl.ReadBuffer(ReadBufferMode.Front);
        fixed (byte* pixels = _pixels)
            gl.ReadPixels(x, y, (uint)width, (uint)height, PixelFormat.Rgba, PixelType.UnsignedByte, pixels);
        gl.ReadBuffer(ReadBufferMode.Back);
        long sum = 0;
        for (int i = 0; i < width * height; i++)
            sum += _pixels[4 * i] + _pixels[4 * i + 1] + _pixels[4 * i + 2];
        return sum / (3.0 * width * height);
    }
}
