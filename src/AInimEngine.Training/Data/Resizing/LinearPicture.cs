namespace AInimEngine.Training.Data.Resizing;

/// <summary>A picture in linear light: planes of sRGB's primaries, 1 is white. Values may lie outside 0..1.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Planes">[3, Height, Width].</param>
internal sealed record LinearPicture(int Width, int Height, float[] Planes)
{
    /// <summary>A part, given by shares of width and height; rounded to whole pixels that lie inside.</summary>
    public LinearPicture Cut(double left, double top, double right, double bottom)
    {
        int x = (int)Math.Ceiling(left * Width - 1e-6), y = (int)Math.Ceiling(top * Height - 1e-6);
        int width = Math.Max(1, (int)(right * Width + 1e-6) - x), height = Math.Max(1, (int)(bottom * Height + 1e-6) - y);
        if (width == Width && height == Height)
            return this;
        var planes = new float[3 * width * height];
        for (int c = 0; c < 3; c++)
        {
            for (int row = 0; row < height; row++)
                Planes.AsSpan((c * Height + y + row) * Width + x, width).CopyTo(planes.AsSpan((c * height + row) * width));
        }
        return new LinearPicture(width, height, planes);
    }

    /// <summary>The picture as it is to be seen.</summary>
    /// <param name="orientation">EXIF's tag 274, 1 to 8: which sides the stored first row and first column are.</param>
    public LinearPicture Upright(int orientation)
    {
        if (orientation == 1)
            return this;
        bool swaps = orientation >= 5;
        int width = swaps ? Height : Width, height = swaps ? Width : Height;
        var planes = new float[Planes.Length];
        int to = 0;
        for (int c = 0; c < 3; c++)
        {
            int plane = c * Width * Height;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    (int column, int row) = orientation switch
                    {
                        2 => (Width - 1 - x, y),
                        3 => (Width - 1 - x, Height - 1 - y),
                        4 => (x, Height - 1 - y),
                        5 => (y, x),
                        6 => (y, Height - 1 - x),
                        7 => (Width - 1 - y, Height - 1 - x),
                        _ => (Width - 1 - y, x),
                    };
                    planes[to++] = Planes[plane + row * Width + column];
                }
            }
        }
        return new LinearPicture(width, height, planes);
    }
}
