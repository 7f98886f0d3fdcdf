using System.Numerics;

namespace AInimEngine.Training.Data.Sorting;

/// <summary>
/// What a picture looks like in few bytes: 63 signs of low frequencies of its lightness (a "perceptual hash"), and 16x16 pixels to be sure.
/// </summary>
/// <param name="Signs">Whether each of the lowest 8x8 cosine terms but the mean is above their median.</param>
/// <param name="Thumb">[3, 16, 16].</param>
internal readonly record struct Likeness(ulong Signs, byte[] Thumb)
{
    private const int Coarse = 32, Terms = 8, ThumbSide = 16;
    private const int MostSigns = 8; // of 63; two unlike pictures differ in 31 or so
    private const double MostDifference = 8; // of 255, root mean square over the small picture

    private static readonly double[] s_cosines = MakeCosines();

    /// <summary>Looks at a picture.</summary>
    /// <param name="pixels">[3, R, R].</param>
    /// <param name="resolution">R.</param>
    public static Likeness Of(ReadOnlySpan<byte> pixels, int resolution)
    {
        var light = new double[Coarse * Coarse];
        float[] coarse = Shrink(pixels, resolution, Coarse);
        for (int i = 0; i < light.Length; i++)
            light[i] = 0.299 * coarse[i] + 0.587 * coarse[light.Length + i] + 0.114 * coarse[2 * light.Length + i];
        var terms = new double[Terms * Terms];
        for (int v = 0; v < Terms; v++)
        {
            for (int u = 0; u < Terms; u++)
            {
                double sum = 0;
                for (int y = 0; y < Coarse; y++)
                {
                    double row = 0;
                    for (int x = 0; x < Coarse; x++)
                        row += light[y * Coarse + x] * s_cosines[u * Coarse + x];
                    sum += row * s_cosines[v * Coarse + y];
                }
                terms[v * Terms + u] = sum;
            }
        }
        double[] sorted = [.. terms.Skip(1).Order()];
        double median = sorted[sorted.Length / 2];
        ulong signs = 0;
        for (int i = 1; i < terms.Length; i++)
            signs |= terms[i] > median ? 1UL << i : 0;
        return new Likeness(signs, [.. Shrink(pixels, resolution, ThumbSide).Select(value => (byte)MathF.Round(value))]);
    }

    /// <summary>Whether two pictures look almost the same.</summary>
    public bool IsNear(in Likeness other) => BitOperations.PopCount(Signs ^ other.Signs) <= MostSigns && Difference(other) <= MostDifference;

    /// <summary>Means of cells, [3, side, side], 0..255.</summary>
    internal static float[] Shrink(ReadOnlySpan<byte> pixels, int resolution, int side)
    {
        var small = new float[3 * side * side];
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < side; y++)
            {
                (int top, int bottom) = Range(y);
                for (int x = 0; x < side; x++)
                {
                    (int left, int right) = Range(x);
                    int sum = 0;
                    for (int row = top; row < bottom; row++)
                    {
                        foreach (byte value in pixels[((c * resolution + row) * resolution + left)..((c * resolution + row) * resolution + right)])
                            sum += value;
                    }
                    small[(c * side + y) * side + x] = sum / (float)((bottom - top) * (right - left));
                }
            }
        }
        return small;

        (int From, int To) Range(int i)
        {
            int from = i * resolution / side;
            return (from, Math.Max(from + 1, (i + 1) * resolution / side));
        }
    }

    private double Difference(in Likeness other)
    {
        long sum = 0;
        for (int i = 0; i < Thumb.Length; i++)
        {
            int difference = Thumb[i] - other.Thumb[i];
            sum += difference * difference;
        }
        return Math.Sqrt((double)sum / Thumb.Length);
    }

    private static double[] MakeCosines()
    {
        var cosines = new double[Terms * Coarse];
        for (int u = 0; u < Terms; u++)
        {
            for (int x = 0; x < Coarse; x++)
                cosines[u * Coarse + x] = Math.Cos((2 * x + 1) * u * Math.PI / (2 * Coarse));
        }
        return cosines;
    }
}
