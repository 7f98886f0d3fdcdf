using AInimEngine.Core.Imaging;

namespace AInimEngine.Engine.Sheets;

/// <summary>Writes a number into the corner of a picture on a sheet, in digits of 3 by 5 cells.</summary>
internal static class SeedLabel
{
    // One row of three bits a nibble, top row first.
    private static ReadOnlySpan<int> Digits => [0x75557, 0x26227, 0x71747, 0x71717, 0x55711, 0x74717, 0x74757, 0x71222, 0x75757, 0x75717];

    /// <summary>Writes with a dark box behind, two pixels a cell.</summary>
    /// <param name="sheet">Rgba8.</param>
    /// <param name="number">What to write.</param>
    /// <param name="left">Left edge of the box.</param>
    /// <param name="bottom">Bottom edge of the box.</param>
    public static void Draw(Image sheet, ulong number, int left, int bottom)
    {
        const int cell = 2, advance = 4 * cell, height = 7 * cell;
        string text = number.ToString();
        Box(sheet, left, bottom - height, text.Length * advance + cell, height, 0xFF101010);
        for (int i = 0; i < text.Length; i++)
            for (int row = 0; row < 5; row++)
                for (int column = 0; column < 3; column++)
                    if ((Digits[text[i] - '0'] >> (4 * (4 - row)) & (4 >> column)) != 0)
                        Box(sheet, left + cell + i * advance + column * cell, bottom - height + cell + row * cell, cell, cell, 0xFFF0F0F0);
    }

    private static void Box(Image sheet, int left, int top, int width, int height, uint color)
    {
        Span<uint> pixels = sheet.As<uint>();
        for (int y = Math.Max(0, top); y < Math.Min(sheet.Height, top + height); y++)
            for (int x = Math.Max(0, left); x < Math.Min(sheet.Width, left + width); x++)
                pixels[y * sheet.Width + x] = color;
    }
}
