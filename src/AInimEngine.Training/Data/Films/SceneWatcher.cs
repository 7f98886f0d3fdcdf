namespace AInimEngine.Training.Data.Films;

/// <summary>
/// Watches small frames for cuts. The change from frame to frame is half that of the colours (histograms of 4x4x4) and half
/// that of the places (means of cells); a cut is a change that is large, and far above those around it, so that fast motion is none.
/// </summary>
internal sealed class SceneWatcher
{
    private const int Cells = 8, Levels = 4, Memory = 12;
    private const float LeastCut = 0.18f, OverMotion = 3, DarkLight = 10, DarkSpread = 4;

    private readonly List<FilmFrame> _frames = [];
    private float[] _before = [];

    /// <summary>All frames so far.</summary>
    public IReadOnlyList<FilmFrame> Frames => _frames;

    /// <summary>Takes the next frame.</summary>
    /// <param name="pixels">RGBA.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public void Add(ReadOnlySpan<byte> pixels, int width, int height)
    {
        float[] now = Describe(pixels, width, height, out float mean, out float spread);
        float change = _before.Length == 0 ? 0 : Distance(_before, now);
        bool isCut = _frames.Count == 0 || change > LeastCut && change > OverMotion * Recent();
        _frames.Add(new FilmFrame(change, mean < DarkLight && spread < DarkSpread, isCut));
        _before = now;
    }

    /// <summary>Mean change of the last frames, without cuts.</summary>
    private float Recent()
    {
        float sum = 0;
        int count = 0;
        for (int i = Math.Max(1, _frames.Count - Memory); i < _frames.Count; i++)
        {
            if (_frames[i].IsCut)
                continue;
            sum += _frames[i].Change;
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    private static float[] Describe(ReadOnlySpan<byte> pixels, int width, int height, out float mean, out float spread)
    {
        var described = new float[Levels * Levels * Levels + Cells * Cells];
        Span<float> histogram = described.AsSpan(0, Levels * Levels * Levels), cells = described.AsSpan(histogram.Length);
        Span<int> counts = stackalloc int[Cells * Cells];
        double sum = 0, squares = 0;
        float share = 1f / (width * height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> pixel = pixels.Slice((y * width + x) * 4, 3);
                histogram[(pixel[0] >> 6) * Levels * Levels + (pixel[1] >> 6) * Levels + (pixel[2] >> 6)] += share;
                float light = 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
                int cell = y * Cells / height * Cells + x * Cells / width;
                cells[cell] += light;
                counts[cell]++;
                sum += light;
                squares += light * light;
            }
        }
        for (int i = 0; i < cells.Length; i++)
            cells[i] /= 255 * Math.Max(1, counts[i]);
        mean = (float)(sum * share);
        spread = (float)Math.Sqrt(Math.Max(0, squares * share - mean * mean));
        return described;
    }

    private static float Distance(float[] a, float[] b)
    {
        const int colours = Levels * Levels * Levels;
        float colour = 0, place = 0;
        for (int i = 0; i < colours; i++)
            colour += Math.Abs(a[i] - b[i]);
        for (int i = colours; i < a.Length; i++)
            place += Math.Abs(a[i] - b[i]);
        return 0.5f * (colour / 2) + 0.5f * Math.Min(1, 2 * place / (Cells * Cells)); // half the range, on the mean, is all that happens
    }
}
