using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Field;

/// <summary>
/// Where a picture is computed. The unit of length is half the short side, the origin the middle: a circle is round at
/// any aspect ratio, and pictures of different ratios agree where they overlap.
/// Pixels lie in one flat run with columns and rows to spare: then a difference to the neighbour is a shift of the run,
/// and what wraps round lies in the spare columns, which are cut off at the end.
/// The network's fields are smooth, so pictures of some size sample them at every second pixel (<see cref="Step"/> 2) and
/// <see cref="FieldUpsampling"/> fills in; small ones at every pixel.
/// </summary>
internal sealed class FieldGrid
{
    /// <summary>Short side from which every second pixel is enough.</summary>
    private const int CoarseFrom = 160;

    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="step">1 or 2; null chooses by size.</param>
    public FieldGrid(int width, int height, int? step = null)
    {
        (Width, Height) = (width, height);
        Step = step ?? (Math.Min(width, height) >= CoarseFrom ? 2 : 1);
        Pixel = 2.0 / Math.Min(width, height);
        if (Step == 1)
        {
            (SampleColumns, SampleRows) = (width + 2, height + 2);
            (Columns, Rows) = (SampleColumns, SampleRows);
            return;
        }
        SampleColumns = (width + 2) / 2 + FieldUpsampling.Margin;
        SampleRows = (height + 3) / 2 + FieldUpsampling.Margin;
        Columns = 2 * SampleColumns;
        Rows = 2 * (SampleRows - FieldUpsampling.Margin);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Pixels from sample to sample.</summary>
    public int Step { get; }

    /// <summary>Side of a pixel.</summary>
    public double Pixel { get; }

    public int SampleColumns { get; }

    public int SampleRows { get; }

    /// <summary>Samples of the network.</summary>
    public int SampleCount => SampleColumns * SampleRows;

    /// <summary>Pixels of a row of the run, at least one to spare.</summary>
    public int Columns { get; }

    /// <summary>Rows of the run, two to spare.</summary>
    public int Rows { get; }

    /// <summary>Pixels of the run.</summary>
    public int Count => Columns * Rows;

    /// <summary>x and y of every sample, [2, SampleCount], constant.</summary>
    public Slot Samples(OpProgramBuilder b)
    {
        // With step 2 a sample lies amid a square of four pixels, and two samples lie outside on either side.
        double first = Step == 1 ? 0.5 : 1 - FieldUpsampling.Margin;
        int n = SampleCount;
        var values = new float[2 * n];
        for (int i = 0; i < n; i++)
        {
            values[i] = (float)((first + i % SampleColumns * Step - Width / 2.0) * Pixel);
            values[n + i] = (float)((first + i / SampleColumns * Step - Height / 2.0) * Pixel);
        }
        using Tensor tensor = Tensor.From(values, 2, n);
        return b.Constant(tensor);
    }

    /// <summary>1 in the middle, falling gently to the corners; [Columns * Height], constant.</summary>
    public Slot Vignette(OpProgramBuilder b)
    {
        var values = new float[Columns * Height];
        for (int i = 0; i < values.Length; i++)
        {
            double x = (i % Columns + 0.5 - Width / 2.0) * Pixel, y = (i / Columns + 0.5 - Height / 2.0) * Pixel;
            double radius2 = x * x + y * y;
            values[i] = (float)(1 / (1 + 0.06 * radius2 * radius2));
        }
        using Tensor tensor = Tensor.From(values, values.Length);
        return b.Constant(tensor);
    }
}
