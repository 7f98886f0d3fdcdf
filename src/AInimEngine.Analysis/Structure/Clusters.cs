namespace AInimEngine.Analysis.Structure;

/// <summary>k-means, with the first centres as far apart as they can be: no dice, so the same music gets the same parts.</summary>
internal static class Clusters
{
    private const int MostRounds = 50;

    /// <summary>The cluster of each point, 0 to <paramref name="clusters"/> - 1.</summary>
    internal static int[] Of(float[] points, int count, int width, int clusters)
    {
        float[] centres = Spread(points, count, width, clusters);
        var labels = new int[count];
        var sizes = new int[clusters];
        for (int round = 0; round < MostRounds; round++)
        {
            bool moved = round == 0;
            for (int i = 0; i < count; i++)
            {
                int best = Nearest(points.AsSpan(i * width, width), centres, width, clusters);
                moved |= best != labels[i];
                labels[i] = best;
            }
            if (!moved)
                break;
            Array.Clear(centres);
            Array.Clear(sizes);
            for (int i = 0; i < count; i++)
            {
                sizes[labels[i]]++;
                for (int k = 0; k < width; k++)
                    centres[labels[i] * width + k] += points[i * width + k];
            }
            for (int c = 0; c < clusters; c++)
            {
                for (int k = 0; k < width; k++)
                    centres[c * width + k] /= Math.Max(1, sizes[c]);
            }
        }
        return labels;
    }

    private static float[] Spread(float[] points, int count, int width, int clusters)
    {
        var centres = new float[clusters * width];
        var away = new float[count];
        Array.Fill(away, float.MaxValue);
        int next = 0;
        for (int c = 0; c < clusters; c++)
        {
            points.AsSpan(next * width, width).CopyTo(centres.AsSpan(c * width));
            for (int i = 0; i < count; i++)
                away[i] = Math.Min(away[i], Distance(points.AsSpan(i * width, width), centres.AsSpan(c * width, width)));
            next = Array.IndexOf(away, away.Max());
        }
        return centres;
    }

    private static int Nearest(ReadOnlySpan<float> point, float[] centres, int width, int clusters)
    {
        int best = 0;
        float least = float.MaxValue;
        for (int c = 0; c < clusters; c++)
        {
            float d = Distance(point, centres.AsSpan(c * width, width));
            if (d < least)
                (best, least) = (c, d);
        }
        return best;
    }

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }
}
