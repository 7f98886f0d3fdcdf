using System.Runtime.CompilerServices;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Neural.Workers;

/// <summary>Size and kind of a picture in shared memory.</summary>
internal readonly record struct PictureShape(int Width, int Height, PixelFormat Format, ColorSpace ColorSpace)
{
    private const int MaxSide = 16384; // of Image

    /// <summary>Of a picture.</summary>
    public static PictureShape Of(Image image) => new(image.Width, image.Height, image.Format, image.ColorSpace);

    /// <summary>Bytes of its pixels.</summary>
    public long Bytes => (long)Width * Height * Image.BytesPerPixel(Format);

    /// <summary>Whether there can be such a picture, within so many bytes.</summary>
    public bool Fits(long bytes) =>
        Width is > 0 and <= MaxSide && Height is > 0 and <= MaxSide && Enum.IsDefined(Format) && Enum.IsDefined(ColorSpace) && Bytes <= bytes;
}

/// <summary>The guides of one picture.</summary>
[InlineArray(SharedRegion.MaxGuides)]
internal struct PictureShapes
{
    private PictureShape _first;
}
