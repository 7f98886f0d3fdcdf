namespace AInimEngine.Training.Data.Sorting;

/// <summary>
/// What decides the style of a picture: how its lightness, hue, and vividness are spread (CIELAB), and which way its edges run
/// at two scales. Square roots of shares, so that the Euclidean distance is Hellinger's.
/// </summary>
internal static class StyleFeatures
{
    private const int Side = 64, Lights = 8, Hues = 12, Chromas = 6, Directions = 8;
    private const float MostChroma = 90, EdgeScale = 60;

    /// <summary>Number of features.</summary>
    public const int Count = Lights + Hues + Chromas + 2 * (Directions + 1);

    /// <summary>Measures a picture.</summary>
    /// <param name="pixels">[3, R, R].</param>
    /// <param name="resolution">R.</param>
    public static float[] Of(ReadOnlySpan<byte> pixels, int resolution)
    {
        int side = Math.Min(Side, resolution);
        float[] small = Likeness.Shrink(pixels, resolution, side);
        int plane = side * side;
        var light = new float[plane];
        var features = new float[Count];
        Span<float> lights = features.AsSpan(0, Lights), hues = features.AsSpan(Lights, Hues), chromas = features.AsSpan(Lights + Hues, Chromas);
        for (int i = 0; i < plane; i++)
        {
            (float l, float a, float b) = Lab(small[i], small[plane + i], small[2 * plane + i]);
            light[i] = l;
            float chroma = MathF.Sqrt(a * a + b * b);
            Spread(lights, l / 100 * (Lights - 1), 1, wraps: false);
            Spread(chromas, Math.Min(chroma / MostChroma, 1) * (Chromas - 1), 1, wraps: false);
            Spread(hues, (MathF.Atan2(b, a) / (2 * MathF.PI) + 1) % 1 * Hues, chroma, wraps: true);
        }
        Share(lights);
        Share(hues);
        Share(chromas);
        int start = Lights + Hues + Chromas;
        Edges(light, side, features.AsSpan(start, Directions + 1));
        Edges(Halve(light, side), side / 2, features.AsSpan(start + Directions + 1));
        return features;
    }

    /// <summary>Edges by direction (opposite ones are the same) and, last, how strong they are on the whole.</summary>
    private static void Edges(float[] light, int side, Span<float> target)
    {
        float sum = 0;
        for (int y = 1; y < side - 1; y++)
        {
            for (int x = 1; x < side - 1; x++)
            {
                int i = y * side + x;
                float across = light[i + 1] - light[i - 1], down = light[i + side] - light[i - side];
                float strength = MathF.Sqrt(across * across + down * down);
                Spread(target[..Directions], (MathF.Atan2(down, across) / MathF.PI + 1) % 1 * Directions, strength, wraps: true);
                sum += strength;
            }
        }
        Share(target[..Directions]);
        target[Directions] = MathF.Sqrt(Math.Min(1, sum / Math.Max(1, (side - 2) * (side - 2)) / EdgeScale));
    }

    private static void Spread(Span<float> bins, float at, float weight, bool wraps)
    {
        int below = (int)at;
        float share = at - below;
        below = wraps ? below % bins.Length : Math.Min(below, bins.Length - 1);
        int above = wraps ? (below + 1) % bins.Length : Math.Min(below + 1, bins.Length - 1);
        bins[below] += weight * (1 - share);
        bins[above] += weight * share;
    }

    private static void Share(Span<float> bins)
    {
        float sum = 1e-6f;
        foreach (float bin in bins)
            sum += bin;
        foreach (ref float bin in bins)
            bin = MathF.Sqrt(bin / sum);
    }

    private static float[] Halve(float[] light, int side)
    {
        int half = side / 2;
        var small = new float[half * half];
        for (int y = 0; y < half; y++)
        {
            for (int x = 0; x < half; x++)
            {
                int i = 2 * y * side + 2 * x;
                small[y * half + x] = (light[i] + light[i + 1] + light[i + side] + light[i + side + 1]) / 4;
            }
        }
        return small;
    }

    /// <summary>CIELAB under D65 of sRGB in 0..255.</summary>
    private static (float L, float A, float B) Lab(float red, float green, float blue)
    {
        float r = Linear(red), g = Linear(green), b = Linear(blue);
        float x = F((0.4124f * r + 0.3576f * g + 0.1805f * b) / 0.9505f), y = F(0.2126f * r + 0.7152f * g + 0.0722f * b),
            z = F((0.0193f * r + 0.1192f * g + 0.9505f * b) / 1.089f);
        return (116 * y - 16, 500 * (x - y), 200 * (y - z));

        static float Linear(float value) => value <= 10.31475f ? value / 255 / 12.92f : MathF.Pow((value / 255 + 0.055f) / 1.055f, 2.4f);

        static float F(float t) => t > 0.008856f ? MathF.Cbrt(t) : 7.787f * t + 16f / 116;
    }
}
