using AInimEngine.Core.Imaging;

namespace AInimEngine.Engine.Explore;

/// <summary>Small capitals for sheets, in cells of 3 by 5.</summary>
internal static class SheetText
{
    /// <summary>From one letter to the next, at scale 1.</summary>
    public const int Advance = 4;

    /// <summary>Height of a letter, at scale 1.</summary>
    public const int Height = 5;

    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-+.:/%()_=,";

    // One row of three bits a hexadecimal digit, top row first.
    private static ReadOnlySpan<int> Shapes =>
    [
        0x75557, 0x26227, 0x71747, 0x71717, 0x55711, 0x74717, 0x74757, 0x71222, 0x75757, 0x75717,
        0x25755, 0x65656, 0x34443, 0x65556, 0x74647, 0x74644, 0x34553, 0x55755, 0x72227, 0x11152, 0x55655, 0x44447, 0x57755,
        0x65555, 0x25552, 0x65644, 0x25573, 0x65655, 0x34216, 0x72222, 0x55557, 0x55552, 0x55775, 0x55255, 0x55222, 0x71247,
        0x00700, 0x02720, 0x00002, 0x02020, 0x11244, 0x51245, 0x12221, 0x42224, 0x00007, 0x07070, 0x00024,
    ];

    /// <summary>Width of a text in pixels.</summary>
    public static int WidthOf(string text, int scale) => text.Length * Advance * scale - scale;

    /// <summary>Writes a text; what has no shape is left blank, what does not fit is cut off.</summary>
    /// <param name="sheet">Rgba8.</param>
    /// <param name="text">Letters of either case, digits, some signs.</param>
    /// <param name="left">Left edge.</param>
    /// <param name="top">Top edge.</param>
    /// <param name="scale">Pixels of a cell.</param>
    /// <param name="color">0xAABBGGRR.</param>
    public static void Draw(Image sheet, string text, int left, int top, int scale, uint color)
    {
        Span<uint> pixels = sheet.As<uint>();
        for (int i = 0; i < text.Length; i++)
        {
            int letter = Letters.IndexOf(char.ToUpperInvariant(text[i]), StringComparison.Ordinal);
            if (letter < 0)
                continue;
            for (int y = 0; y < Height * scale; y++)
                for (int x = 0; x < 3 * scale; x++)
                {
                    int row = top + y, column = left + i * Advance * scale + x;
                    bool isSet = (Shapes[letter] >> (4 * (4 - y / scale)) & (4 >> (x / scale))) != 0;
                    if (isSet && row >= 0 && row < sheet.Height && column >= 0 && column < sheet.Width)
                        pixels[row * sheet.Width + column] = color;
                }
        }
    }
}
