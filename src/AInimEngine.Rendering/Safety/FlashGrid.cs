namespace AInimEngine.Rendering.Safety;

/// <summary>
/// The blocks that a picture is measured by. A field of 10 degrees is a third of each side: WCAG's 341x256 pixels of a
/// screen of 1024x768, scaled with the picture, at any place.
/// </summary>
/// <param name="Columns">Blocks across, 3 or more.</param>
/// <param name="Rows">Blocks down, 3 or more.</param>
public readonly record struct FlashGrid(int Columns, int Rows)
{
    private const int Blocks = 64 * 36;

    /// <summary>All blocks.</summary>
    public int Count => Columns * Rows;

    /// <summary>Columns of a field.</summary>
    public int FieldColumns => Math.Max(1, Columns / 3);

    /// <summary>Rows of a field.</summary>
    public int FieldRows => Math.Max(1, Rows / 3);

    /// <summary>Nearly square blocks for a picture of any shape: 64x36 at 16:9.</summary>
    public static FlashGrid For(int width, int height)
    {
        int columns = Math.Clamp((int)Math.Round(Math.Sqrt((double)Blocks * width / height)), 6, Blocks / 6);
        int rows = Math.Clamp((int)Math.Round((double)Blocks / columns), 6, Blocks / 6);
        return new FlashGrid(Math.Min(columns, Math.Max(3, width)), Math.Min(rows, Math.Max(3, height)));
    }
}
