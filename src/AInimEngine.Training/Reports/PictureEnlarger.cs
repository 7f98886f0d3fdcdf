using AInimEngine.Core.Imaging;

namespace AInimEngine.Training.Reports;

/// <summary>Enlarges pictures by a whole factor with the interpolating cubic of Keys (1981), a = -1/2: sharp, no blocks.</summary>
internal static class PictureEnlarger
{
    private const int Taps = 4;

    /// <summary>Enlarges.</summary>
    /// <param name="source">PlanarRgbF32, 0..1.</param>
    /// <param name="target">Rgba8, <paramref name="factor"/> times as wide and high.</param>
    /// <param name="factor">At least 1.</param>
    public static void Enlarge(Image source, Image target, int factor)
    {
        int width = source.Width, height = source.Height, wide = width * factor;
        float[] weights = Weights(factor);
        float[] rows = new float[wide * height];
        Span<byte> pixels = target.Bytes;
        for (int c = 0; c < 3; c++)
        {
            ReadOnlySpan<float> plane = source.As<float>().Slice(c * width * height, width * height);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < wide; x++)
                {
                    (int first, int phase) = Place(x, factor);
                    float sum = 0;
                    for (int k = 0; k < Taps; k++)
                        sum += weights[phase * Taps + k] * plane[y * width + Math.Clamp(first + k, 0, width - 1)];
                    rows[y * wide + x] = sum;
                }
            }
            for (int y = 0; y < height * factor; y++)
            {
                (int first, int phase) = Place(y, factor);
                ReadOnlySpan<float> a = Row(rows, wide, first, height), b = Row(rows, wide, first + 1, height), d = Row(rows, wide, first + 2, height), e = Row(rows, wide, first + 3, height);
                float wa = weights[phase * Taps], wb = weights[phase * Taps + 1], wd = weights[phase * Taps + 2], we = weights[phase * Taps + 3];
                Span<byte> line = pixels.Slice(y * wide * 4, wide * 4);
                for (int x = 0; x < wide; x++)
                    line[x * 4 + c] = (byte)(Math.Clamp(wa * a[x] + wb * b[x] + wd * d[x] + we * e[x], 0, 1) * 255 + 0.5f);
            }
        }
        for (int at = 3; at < pixels.Length; at += 4)
            pixels[at] = 255;
    }

    private static ReadOnlySpan<float> Row(float[] rows, int wide, int y, int height) => rows.AsSpan(Math.Clamp(y, 0, height - 1) * wide, wide);

    // First of the four source pixels, and which of the factor's phases.
    private static (int First, int Phase) Place(int x, int factor)
    {
        int floor = (2 * x + 1 - factor + 2 * factor * 8) / (2 * factor) - 8;
        return (floor - 1, x % factor);
    }

    // Pixel centres: output x lies at (x + 1/2) / factor - 1/2 in the source.
    private static float[] Weights(int factor)
    {
        var weights = new float[factor * Taps];
        for (int phase = 0; phase < factor; phase++)
        {
            double place = (phase + 0.5) / factor - 0.5, t = place - Math.Floor(place);
            for (int k = 0; k < Taps; k++)
                weights[phase * Taps + k] = (float)Keys(Math.Abs(t + 1 - k));
        }
        return weights;
    }

    private static double Keys(double d) => d switch
    {
        <= 1 => (1.5 * d - 2.5) * d * d + 1,
        < 2 => ((-0.5 * d + 2.5) * d - 4) * d + 2,
        _ => 0,
    };
}
