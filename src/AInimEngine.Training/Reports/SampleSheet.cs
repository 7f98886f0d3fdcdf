using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Media;
using AInimEngine.Training.Data;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Reports;

/// <summary>Sheets of small pictures in a grid with thin gaps, as PNG.</summary>
public static class SampleSheet
{
    private const int Gap = 2;
    private const byte Paper = 24;
    private const int MostSide = 4096;

    /// <summary>Columns, and rows, of a sheet of a sensible size: 8 up to 128 pixels, fewer above.</summary>
    /// <param name="resolution">Of the pictures.</param>
    public static int Columns(int resolution) => Math.Clamp(1024 / resolution, 2, 8);

    /// <summary>Draws pictures in reading order.</summary>
    /// <param name="pictures">At least one; those that do not fit, or not on 4096 pixels, are left out.</param>
    /// <param name="columns">Pictures in a row.</param>
    /// <param name="rows">Rows at most; as many as columns if null.</param>
    /// <returns>Rgba8; the caller disposes it.</returns>
    public static Image Draw(PictureStack pictures, int columns, int? rows = null) =>
        Draw(Math.Min(pictures.Count, columns * (rows ?? columns)), pictures.Resolution, columns, pictures.Pixels);

    /// <summary>Draws generated pictures in reading order.</summary>
    /// <param name="pictures">[N, 3, R, R], -1..1.</param>
    /// <param name="resolution">R.</param>
    /// <param name="columns">Pictures in a row.</param>
    /// <param name="rows">Rows at most; as many as columns if null.</param>
    /// <returns>Rgba8; the caller disposes it.</returns>
    public static Image Draw(ReadOnlySpan<float> pictures, int resolution, int columns, int? rows = null) => Draw(PictureStack.Of(pictures, resolution), columns, rows);

    /// <summary>Draws training pictures, evenly spread over the set.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="columns">Pictures in a row.</param>
    /// <param name="rows">Rows at most.</param>
    /// <returns>Rgba8; the caller disposes it.</returns>
    public static Image Draw(TrainingSet set, int columns, int rows) => Draw(PictureStack.Of(set, columns * rows), columns);

    /// <summary>Draws pairs side by side, the generated picture first, then its nearest training picture, mirrored where that is nearer.</summary>
    /// <param name="generated">What <paramref name="pairs"/> count in.</param>
    /// <param name="set">The training pictures.</param>
    /// <param name="pairs">At least one.</param>
    /// <param name="columns">Pairs in a row.</param>
    /// <returns>Rgba8; the caller disposes it.</returns>
    public static Image DrawPairs(PictureStack generated, TrainingSet set, IReadOnlyList<Neighbour> pairs, int columns)
    {
        byte[] mirrored = new byte[3 * set.Resolution * set.Resolution];
        return Draw(2 * pairs.Count, generated.Resolution, 2 * columns, index =>
        {
            Neighbour pair = pairs[index / 2];
            if (index % 2 == 0)
                return generated.Pixels(pair.Generated);
            if (!pair.Mirrored)
                return set.Pixels(pair.Training);
            set.Pixels(pair.Training).CopyTo(mirrored);
            for (int row = 0; row < 3 * set.Resolution; row++)
                mirrored.AsSpan(row * set.Resolution, set.Resolution).Reverse();
            return mirrored;
        });
    }

    /// <summary>Saves a sheet, whole or not at all, and lets it go.</summary>
    /// <param name="sheet">What was drawn.</param>
    /// <param name="path">Ends in ".png"; replaced when it exists.</param>
    /// <exception cref="AInimException">It cannot be written.</exception>
    public static void Save(Image sheet, string path)
    {
        using (sheet)
            ImageFile.Save(sheet, path);
    }

    private static Image Draw(int count, int resolution, int columns, Func<int, ReadOnlySpan<byte>> picture)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int cell = resolution + Gap;
        columns = Math.Clamp(columns, 1, Math.Max(1, (MostSide - Gap) / cell));
        int rows = Math.Clamp((count + columns - 1) / columns, 1, Math.Max(1, (MostSide - Gap) / cell));
        columns = Math.Min(columns, count);
        var sheet = new Image(columns * cell + Gap, rows * cell + Gap, PixelFormat.Rgba8);
        Span<byte> target = sheet.Bytes;
        target.Fill(Paper);
        for (int at = 3; at < target.Length; at += 4)
            target[at] = 255;
        for (int i = 0; i < Math.Min(count, columns * rows); i++)
            Place(picture(i), resolution, target, sheet.Width, Gap + i % columns * cell, Gap + i / columns * cell);
        return sheet;
    }

    private static void Place(ReadOnlySpan<byte> planes, int resolution, Span<byte> target, int width, int left, int top)
    {
        int plane = resolution * resolution;
        for (int y = 0, from = 0; y < resolution; y++)
        {
            int at = ((top + y) * width + left) * 4;
            for (int x = 0; x < resolution; x++, from++, at += 4)
            {
                target[at] = planes[from];
                target[at + 1] = planes[plane + from];
                target[at + 2] = planes[2 * plane + from];
            }
        }
    }
}
