namespace AInimEngine.Rendering.Safety;

/// <summary>Reduces a picture in memory to the blocks that the meter takes: means in linear light.</summary>
public static class PictureBlocks
{
    private static readonly float[] Linear = MakeLinear();

    /// <summary>Takes the mean of every block.</summary>
    /// <param name="rgba">8-bit sRGB, four bytes a pixel, rows one after another.</param>
    /// <param name="width">Pixels across, at least as many as columns.</param>
    /// <param name="height">Pixels down, at least as many as rows.</param>
    /// <param name="grid">The blocks; where they do not fit the pixels evenly, each gets whole pixels.</param>
    /// <param name="blocks">Four floats a block: red, green, blue, 1.</param>
    public static void Reduce(ReadOnlySpan<byte> rgba, int width, int height, FlashGrid grid, Span<float> blocks)
    {
        if (rgba.Length != width * height * 4 || width < grid.Columns || height < grid.Rows)
            throw new ArgumentException($"{rgba.Length} bytes are no picture of {width}x{height} in {grid.Columns}x{grid.Rows} blocks", nameof(rgba));
        if (blocks.Length != grid.Count * 4)
            throw new ArgumentException($"expected {grid.Count * 4} floats, got {blocks.Length}", nameof(blocks));
        int at = 0;
        for (int row = 0; row < grid.Rows; row++)
        {
            (int top, int bottom) = (row * height / grid.Rows, (row + 1) * height / grid.Rows);
            for (int column = 0; column < grid.Columns; column++, at += 4)
            {
                (int left, int right) = (column * width / grid.Columns, (column + 1) * width / grid.Columns);
                float red = 0, green = 0, blue = 0;
                for (int y = top; y < bottom; y++)
                {
                    ReadOnlySpan<byte> pixels = rgba.Slice((y * width + left) * 4, (right - left) * 4);
                    for (int i = 0; i < pixels.Length; i += 4)
                    {
                        red += Linear[pixels[i]];
                        green += Linear[pixels[i + 1]];
                        blue += Linear[pixels[i + 2]];
                    }
                }
                float share = 1f / ((bottom - top) * (right - left));
                (blocks[at], blocks[at + 1], blocks[at + 2], blocks[at + 3]) = (red * share, green * share, blue * share, 1);
            }
        }
    }

    // IEC 61966-2-1.
    private static float[] MakeLinear()
    {
        float[] table = new float[256];
        for (int i = 0; i < table.Length; i++)
        {
            double display = i / 255.0;
            table[i] = (float)(display <= 0.04045 ? display / 12.92 : Math.Pow((display + 0.055) / 1.055, 2.4));
        }
        return table;
    }
}
