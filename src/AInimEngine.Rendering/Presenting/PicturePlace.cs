namespace AInimEngine.Rendering.Presenting;

/// <summary>Where a picture lies in a window, in the window's pixels from its top left; may go over its edges.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width, 1 or more.</param>
/// <param name="Height">Height, 1 or more.</param>
public readonly record struct PicturePlace(int X, int Y, int Width, int Height)
{
    /// <summary>Places a picture in the middle of a window.</summary>
    public static PicturePlace Of(int pictureWidth, int pictureHeight, int windowWidth, int windowHeight, PictureFit fit)
    {
        if (fit == PictureFit.Stretch)
            return new PicturePlace(0, 0, windowWidth, windowHeight);
        double across = (double)windowWidth / pictureWidth, down = (double)windowHeight / pictureHeight;
        double scale = fit == PictureFit.Letterbox ? Math.Min(across, down) : Math.Max(across, down);
        int width = Math.Max(1, (int)Math.Round(pictureWidth * scale)), height = Math.Max(1, (int)Math.Round(pictureHeight * scale));
        return new PicturePlace((windowWidth - width) / 2, (windowHeight - height) / 2, width, height);
    }

    /// <summary>True when nothing of a window is left uncovered.</summary>
    public bool Covers(int windowWidth, int windowHeight) => X <= 0 && Y <= 0 && X + Width >= windowWidth && Y + Height >= windowHeight;
}
