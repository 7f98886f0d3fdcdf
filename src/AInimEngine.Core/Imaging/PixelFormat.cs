namespace AInimEngine.Core.Imaging;

/// <summary>How the pixels of an <see cref="Image"/> are stored. Rows run top to bottom, without padding.</summary>
public enum PixelFormat
{
    /// <summary>Four bytes a pixel, red first, 0..255.</summary>
    Rgba8,

    /// <summary>Four IEEE half floats a pixel, red first, 0..1 nominal, values above 1 allowed.</summary>
    Rgba16F,

    /// <summary>Three float32 planes [3, H, W], red first, 0..1 nominal.</summary>
    PlanarRgbF32,
}
