using System.Numerics.Tensors;

namespace AInimEngine.Training.Measures;

/// <summary>
/// Laplacian pyramid of a square picture (Burt and Adelson 1983) as the sliced Wasserstein distance wants it: what each
/// halving loses, from the full size down, and what is left at 16 pixels. Filters [1, 4, 6, 4, 1] / 16, edges mirrored.
/// Owns its planes; one thread at a time.
/// </summary>
internal sealed class LaplacianPyramid
{
    /// <summary>Size of the coarsest level, pixels.</summary>
    public const int Coarsest = 16;

    private const int Border = 2;
    private readonly float[][] _levels;
    private readonly float[] _wide, _row, _rows;

    /// <summary>Makes room.</summary>
    /// <param name="resolution">A power of two, at least 16.</param>
    public LaplacianPyramid(int resolution)
    {
        Resolution = resolution;
        _levels = new float[LevelCount(resolution)][];
        for (int i = 0; i < _levels.Length; i++)
            _levels[i] = new float[3 * (resolution >> i) * (resolution >> i)];
        _wide = new float[resolution * resolution];
        _row = new float[resolution + 2 * Border];
        _rows = new float[resolution * resolution];
    }

    /// <summary>Width and height of the finest level.</summary>
    public int Resolution { get; }

    /// <summary>Levels of a picture.</summary>
    public static int LevelCount(int resolution) => int.Log2(resolution / Coarsest) + 1;

    /// <summary>Where a picture goes before <see cref="Detail"/>: [3, R, R].</summary>
    public Span<float> Picture => _levels[0];

    /// <summary>Turns the picture into one level of its pyramid, in place: the picture is gone.</summary>
    /// <param name="level">Which, 0 the finest.</param>
    /// <returns>[3, R >> level, R >> level].</returns>
    public ReadOnlySpan<float> Detail(int level)
    {
        for (int i = 0; i <= level && i < _levels.Length - 1; i++)
        {
            int size = Resolution >> i, half = size / 2;
            for (int c = 0; c < 3; c++)
            {
                Span<float> plane = _levels[i].AsSpan(c * size * size, size * size);
                Span<float> small = _levels[i + 1].AsSpan(c * half * half, half * half);
                Halve(plane, small, size);
                if (i < level)
                    continue;
                Double(small, _wide, half);
                TensorPrimitives.Subtract(plane, _wide.AsSpan(0, plane.Length), plane);
            }
        }
        return _levels[level];
    }

    /// <summary>Blurs and takes every second pixel.</summary>
    private void Halve(ReadOnlySpan<float> source, Span<float> target, int size)
    {
        int half = size / 2;
        Span<float> rows = _rows.AsSpan(0, size * half);
        for (int y = 0; y < half; y++)
            Weigh(source, size, 2 * y, rows.Slice(y * size, size));
        for (int y = 0; y < half; y++)
        {
            ReadOnlySpan<float> row = Mirrored(rows.Slice(y * size, size));
            Span<float> result = target.Slice(y * half, half);
            for (int x = 0; x < result.Length; x++)
                result[x] = (row[2 * x] + row[2 * x + 4] + 4 * (row[2 * x + 1] + row[2 * x + 3]) + 6 * row[2 * x + 2]) * (1 / 16f);
        }
    }

    // One row of the vertical filter: rows y - 2 to y + 2.
    private static void Weigh(ReadOnlySpan<float> source, int size, int y, Span<float> target)
    {
        TensorPrimitives.Add(Row(source, size, y - 1), Row(source, size, y + 1), target);
        TensorPrimitives.Multiply(target, 4, target);
        TensorPrimitives.MultiplyAdd(Row(source, size, y), 6, target, target);
        TensorPrimitives.Add(target, Row(source, size, y - 2), target);
        TensorPrimitives.Add(target, Row(source, size, y + 2), target);
        TensorPrimitives.Multiply(target, 1 / 16f, target);
    }

    /// <summary>Zeros between the pixels, blurred, times four: even outputs weigh [1, 6, 1] / 8, odd ones [4, 4] / 8.</summary>
    private void Double(ReadOnlySpan<float> source, Span<float> target, int size)
    {
        int wide = 2 * size;
        Span<float> rows = _rows.AsSpan(0, size * wide);
        for (int y = 0; y < size; y++)
        {
            ReadOnlySpan<float> row = Mirrored(source.Slice(y * size, size), zerosBetween: true);
            Span<float> result = rows.Slice(y * wide, wide);
            for (int x = 0; x < size; x++)
            {
                result[2 * x] = (row[x + 1] + row[x + 3] + 6 * row[x + 2]) * (1 / 8f);
                result[2 * x + 1] = (row[x + 2] + row[x + 3]) * 0.5f;
            }
        }
        for (int y = 0; y < size; y++)
        {
            // Mirrored about the edge among the zeros too: below the last even row comes an odd one, then that even row again.
            ReadOnlySpan<float> above = rows.Slice(Math.Abs(y - 1) * wide, wide), here = rows.Slice(y * wide, wide);
            ReadOnlySpan<float> below = rows.Slice(Math.Min(y + 1, size - 1) * wide, wide);
            Span<float> even = target.Slice(2 * y * wide, wide), odd = target.Slice((2 * y + 1) * wide, wide);
            TensorPrimitives.AddMultiply(here, below, 0.5f, odd);
            TensorPrimitives.AddMultiply(above, below, 1 / 8f, even);
            TensorPrimitives.MultiplyAdd(here, 6 / 8f, even, even);
        }
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> source, int size, int y)
    {
        y = Math.Abs(y);
        return source.Slice((y < size ? y : 2 * size - 2 - y) * size, size);
    }

    // A row with two mirrored pixels on each side; with zeros between the pixels the one after the last is the last itself.
    private ReadOnlySpan<float> Mirrored(ReadOnlySpan<float> row, bool zerosBetween = false)
    {
        Span<float> wide = _row.AsSpan(0, row.Length + 2 * Border);
        row.CopyTo(wide[Border..]);
        wide[0] = row[2];
        wide[1] = row[1];
        wide[^2] = zerosBetween ? row[^1] : row[^2];
        wide[^1] = zerosBetween ? row[^2] : row[^3];
        return wide;
    }
}
