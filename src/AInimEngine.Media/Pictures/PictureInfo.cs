namespace AInimEngine.Media.Pictures;

/// <summary>What the head of a picture file says, before anything is decoded. Immutable.</summary>
public sealed record PictureInfo
{
    /// <summary>"JPEG", "PNG", "WebP", "TIFF", "BMP", "GIF" or "PNM".</summary>
    public required string Kind { get; init; }

    /// <summary>Pixels across, as stored (before <see cref="Orientation"/>).</summary>
    public required int Width { get; init; }

    /// <summary>Pixels down, as stored.</summary>
    public required int Height { get; init; }

    /// <summary>EXIF and TIFF tag 274: 1 is upright, 2 to 4 mirror or turn by 180 degrees, 5 to 8 swap sides as well.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Whether pixels can be transparent.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Whether stored colours are multiplied with their alpha already (a TIFF with "associated" alpha).</summary>
    public bool IsPremultiplied { get; init; }

    /// <summary>Whether a channel has more than 8 bits.</summary>
    public bool IsDeep { get; init; }

    /// <summary>Whether the file stores inks (CMYK, YCCK) rather than light.</summary>
    public bool IsCmyk { get; init; }

    /// <summary>The embedded ICC profile; null if there is none.</summary>
    public byte[]? Profile { get; init; }

    /// <summary>Encoding exponent of a PNG without a profile (its gAMA chunk); 0 if it does not say.</summary>
    public double Gamma { get; init; }

    /// <summary>ffmpeg's demuxer.</summary>
    internal string Demuxer { get; init; } = string.Empty;

    /// <summary>Whether several such files in a row are one stream to the demuxer.</summary>
    internal bool CanQueue => Demuxer is "jpeg_pipe" or "png_pipe";

    /// <summary>Reads the head of a picture.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">No picture that can be read; the message says why in a few words.</exception>
    public static PictureInfo Read(ReadOnlySpan<byte> file)
    {
        try
        {
            PictureInfo info = PictureHeads.Read(file);
            if (info.Width < 1 || info.Height < 1)
                throw new InvalidDataException("it has no size");
            return info;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("the file is cut off"); // every span is cut to what is there
        }
        catch (IndexOutOfRangeException)
        {
            throw new InvalidDataException("the file is cut off");
        }
    }
}
