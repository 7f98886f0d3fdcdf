using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Field;

/// <summary>
/// The pixels of a picture as one flat run, with two columns and two rows to spare: then a difference to the neighbour is
/// a shift of the run, and what wraps round lies in the spare columns, which are cut off at the end.
/// The unit of length is half the short side, the origin the middle: a circle is round at any aspect ratio, and pictures
/// of different ratios agree where they overlap.
/// </summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
internal sealed record FieldGrid(int Width, int Height)
{
    /// <summary>Pixels of a row of the run.</summary>
    public int Columns => Width + 2;

    /// <summary>Pixels of the run.</summary>
    public int Count => Columns * (Height + 2);

    /// <summary>Side of a pixel.</summary>
    public double Pixel => 2.0 / Math.Min(Width, Height);

    /// <summary>x and y of every pixel of the run, [2, Count], constant.</summary>
    public Slot Coordinates(OpProgramBuilder b)
    {
        var values = new float[2 * Count];
        for (int i = 0; i < Count; i++)
            (values[i], values[Count + i]) = ((float)X(i), (float)Y(i));
        using Tensor tensor = Tensor.From(values, 2, Count);
        return b.Constant(tensor);
    }

    /// <summary>1 in the middle, falling gently to the corners; [Columns * Height], constant.</summary>
    public Slot Vignette(OpProgramBuilder b)
    {
        var values = new float[Columns * Height];
        for (int i = 0; i < values.Length; i++)
        {
            double radius2 = X(i) * X(i) + Y(i) * Y(i);
            values[i] = (float)(1 / (1 + 0.06 * radius2 * radius2));
        }
        using Tensor tensor = Tensor.From(values, values.Length);
        return b.Constant(tensor);
    }

    private double X(int i) => (i % Columns + 0.5 - Width / 2.0) * Pixel;

    private double Y(int i) => (i / Columns + 0.5 - Height / 2.0) * Pixel;
}
