namespace AInimEngine.Rendering.Recording;

/// <summary>How pictures are brought back from the GPU.</summary>
public enum OutputFormat
{
    /// <summary>Four bytes a pixel, display values, rows from the top; alpha is not to be relied on.</summary>
    Rgba8,

    /// <summary>
    /// One and a half bytes a pixel: ffmpeg's yuv420p, BT.709, limited range; first all Y, then U, then V at half width and
    /// height, each the mean of four pixels. Width and height are even.
    /// </summary>
    Yuv420,
}
