namespace AInimEngine.Training.Data.Resizing;

/// <summary>
/// A square of a linear picture at another size, by the cubic of Keys (1981, a = -1/2) widened to the step when it shrinks,
/// so that it neither aliases nor blurs; at equal size it is the identity. Edges repeat.
/// </summary>
internal static class SquareResampler
{
    private static readonly byte[] s_encoded = MakeEncoded();

    /// <summary>Resamples and stores as sRGB bytes.</summary>
    /// <param name="picture">In linear light.</param>
    /// <param name="left">First column of the square.</param>
    /// <param name="top">First row.</param>
    /// <param name="side">Side of the square, pixels.</param>
    /// <param name="resolution">R.</param>
    /// <param name="target">[3, R, R]; values outside 0..1 are cut.</param>
    public static void Resample(LinearPicture picture, int left, int top, int side, int resolution, Span<byte> target)
    {
        (int[] firsts, float[] weights, int taps) = Weights(side, resolution);
        var columns = new float[side * resolution]; // resampled across, row by row
        for (int c = 0; c < 3; c++)
        {
            ReadOnlySpan<float> plane = picture.Planes.AsSpan(c * picture.Width * picture.Height, picture.Width * picture.Height);
            for (int y = 0; y < side; y++)
            {
                ReadOnlySpan<float> row = plane.Slice((top + y) * picture.Width + left, side);
                for (int x = 0; x < resolution; x++)
                {
                    ReadOnlySpan<float> w = weights.AsSpan(x * taps, taps);
                    float sum = 0;
                    for (int k = 0; k < w.Length; k++)
                        sum += w[k] * row[Math.Clamp(firsts[x] + k, 0, side - 1)];
                    columns[y * resolution + x] = sum;
                }
            }
            var sums = new float[resolution];
            for (int y = 0; y < resolution; y++)
            {
                Array.Clear(sums);
                for (int k = 0; k < taps; k++)
                    Accumulate(sums, columns.AsSpan(Math.Clamp(firsts[y] + k, 0, side - 1) * resolution, resolution), weights[y * taps + k]);
                Span<byte> row = target.Slice((c * resolution + y) * resolution, resolution);
                for (int x = 0; x < resolution; x++)
                    row[x] = Encode(sums[x]);
            }
        }
    }

    /// <summary>Linear light as a stored byte of sRGB, rounded.</summary>
    public static byte Encode(float linear) => s_encoded[(int)(Math.Clamp(linear, 0f, 1f) * 65535 + 0.5f)];

    private static void Accumulate(float[] sums, ReadOnlySpan<float> row, float weight)
    {
        for (int x = 0; x < sums.Length; x++)
            sums[x] += weight * row[x];
    }

    /// <summary>First source place and weights of every place; weights add up to 1.</summary>
    private static (int[] Firsts, float[] Weights, int Taps) Weights(int side, int resolution)
    {
        double step = (double)side / resolution, widening = Math.Max(1, step);
        int taps = (int)Math.Ceiling(4 * widening) + 1;
        var firsts = new int[resolution];
        var weights = new float[resolution * taps];
        for (int i = 0; i < resolution; i++)
        {
            double centre = (i + 0.5) * step - 0.5;
            firsts[i] = (int)Math.Ceiling(centre - 2 * widening);
            double sum = 0;
            for (int k = 0; k < taps; k++)
                sum += Kernel((firsts[i] + k - centre) / widening);
            for (int k = 0; k < taps; k++)
                weights[i * taps + k] = (float)(Kernel((firsts[i] + k - centre) / widening) / sum);
        }
        return (firsts, weights, taps);
    }

    private static double Kernel(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }

    private static byte[] MakeEncoded()
    {
        var table = new byte[65536];
        for (int i = 0; i < table.Length; i++)
        {
            double v = i / 65535.0;
            table[i] = (byte)Math.Round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * Math.Pow(v, 1 / 2.4) - 0.055)); // IEC 61966-2-1
        }
        return table;
    }
}
