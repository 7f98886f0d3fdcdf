using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Media;
using AInimEngine.Neural;

namespace AInimEngine.Engine.Explore;

/// <summary>A sheet of equal squares with a title, and names of rows, columns and squares.</summary>
internal sealed class PictureGrid : IDisposable
{
    private const int Gap = 6, Margin = 16, TextScale = 2, TextHeight = SheetText.Height * TextScale, TitleScale = 3, MostPixels = 16384;
    private const uint Ground = 0xFF161414, Ink = 0xFFE8E4E0, Pale = 0xFF8C8884;
    private readonly Image _sheet;
    private readonly int _cell, _left, _top, _caption;

    /// <summary>An empty sheet.</summary>
    /// <param name="title">Written above.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="cell">Side of a square, pixels.</param>
    /// <param name="rowNames">Beside the rows; empty for none.</param>
    /// <param name="columnNames">Above the columns; empty for none.</param>
    /// <param name="hasCaptions">Whether squares have names below them.</param>
    /// <exception cref="AInimException">It would be too large.</exception>
    public PictureGrid(string title, int rows, int columns, int cell, IReadOnlyList<string> rowNames, IReadOnlyList<string> columnNames, bool hasCaptions)
    {
        _cell = cell;
        _caption = hasCaptions ? TextHeight + 2 * TextScale + 2 : 0;
        int widest = rowNames.Count == 0 ? 0 : rowNames.Max(name => SheetText.WidthOf(name, TextScale)) + 2 * Gap;
        _left = Margin + widest;
        _top = Margin + SheetText.Height * TitleScale + Margin + (columnNames.Count == 0 ? 0 : TextHeight + Gap);
        int width = Math.Max(_left + columns * (cell + Gap) - Gap, Margin + SheetText.WidthOf(title, TitleScale)) + Margin;
        int height = _top + rows * (cell + _caption + Gap) - Gap + Margin;
        if (width > MostPixels || height > MostPixels)
            throw new AInimException(ExitCode.Usage, $"a sheet of {width}x{height} pixels is too large. Use fewer pictures, or a smaller --size.");
        _sheet = new Image(width, height, PixelFormat.Rgba8);
        _sheet.As<uint>().Fill(Ground);
        SheetText.Draw(_sheet, title, Margin, Margin, TitleScale, Ink);
        for (int i = 0; i < rowNames.Count; i++)
            SheetText.Draw(_sheet, rowNames[i], Margin, _top + i * (cell + _caption + Gap) + (cell - TextHeight) / 2, TextScale, Ink);
        for (int i = 0; i < columnNames.Count; i++)
            SheetText.Draw(_sheet, columnNames[i], Centre(i, columnNames[i]), _top - Gap - TextHeight, TextScale, Pale);
    }

    /// <summary>Puts a picture into a square.</summary>
    /// <param name="row">Row.</param>
    /// <param name="column">Column.</param>
    /// <param name="image">[3, H, W], about -1..1.</param>
    /// <param name="caption">Name below it; null for none.</param>
    public void Place(int row, int column, Tensor image, string? caption = null)
    {
        byte[] pixels = PicturePixels.Of(image, _cell);
        int left = _left + column * (_cell + Gap), top = _top + row * (_cell + _caption + Gap);
        Span<byte> target = _sheet.Bytes;
        for (int y = 0; y < _cell; y++)
            pixels.AsSpan(y * _cell * 4, _cell * 4).CopyTo(target[(((top + y) * _sheet.Width + left) * 4)..]);
        if (caption is not null && _caption > 0)
            SheetText.Draw(_sheet, caption, Centre(column, caption), top + _cell + 2 * TextScale, TextScale, Pale);
    }

    /// <summary>Writes the PNG.</summary>
    public void Save(string path) => ImageFile.Save(_sheet, path);

    /// <inheritdoc/>
    public void Dispose() => _sheet.Dispose();

    private int Centre(int column, string text) =>
        _left + column * (_cell + Gap) + Math.Max(0, (_cell - SheetText.WidthOf(text, TextScale)) / 2);
}
