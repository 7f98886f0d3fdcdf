namespace AInimEngine.Training.Data.Films;

/// <summary>Finds the black bars of a film: rows and columns at the edges that stay dark in nearly all frames that are not dark.</summary>
internal sealed class BorderFinder
{
    private const int Dark = 24, DarkFrame = 40; // of 255
    private const double Nearly = 0.98, MostBorder = 0.4;

    private int[] _brightRows = [], _brightColumns = [];
    private int _frames;

    /// <summary>Takes a small frame, RGBA; all are of one size.</summary>
    public void Add(ReadOnlySpan<byte> pixels, int width, int height)
    {
        if (_brightRows.Length != height || _brightColumns.Length != width)
            (_brightRows, _brightColumns, _frames) = (new int[height], new int[width], 0);
        var rows = new byte[height];
        var columns = new byte[width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int i = (y * width + x) * 4;
                byte light = Math.Max(pixels[i], Math.Max(pixels[i + 1], pixels[i + 2]));
                rows[y] = Math.Max(rows[y], light);
                columns[x] = Math.Max(columns[x], light);
            }
        }
        if (rows.Max() < DarkFrame)
            return;
        _frames++;
        for (int y = 0; y < height; y++)
            _brightRows[y] += rows[y] > Dark ? 1 : 0;
        for (int x = 0; x < width; x++)
            _brightColumns[x] += columns[x] > Dark ? 1 : 0;
    }

    /// <summary>Shares of width and height that the picture itself takes; a bar goes with one more row of the small frames, for its soft edge.</summary>
    public (double Left, double Top, double Right, double Bottom) Find()
    {
        (double left, double right) = Range(_brightColumns);
        (double top, double bottom) = Range(_brightRows);
        return (left, top, right, bottom);
    }

    private (double From, double To) Range(int[] bright)
    {
        if (_frames == 0)
            return (0, 1);
        int most = (int)(bright.Length * MostBorder), first = 0, last = bright.Length;
        while (first < most && IsDark(bright[first]))
            first++;
        while (bright.Length - last < most && IsDark(bright[last - 1]))
            last--;
        if (first == most || bright.Length - last == most)
            return (0, 1); // so little is left that it is no bar: a small light in the dark
        return ((double)(first > 0 ? first + 1 : 0) / bright.Length, (double)(last < bright.Length ? last - 1 : last) / bright.Length);
    }

    private bool IsDark(int bright) => bright <= (1 - Nearly) * _frames;
}
