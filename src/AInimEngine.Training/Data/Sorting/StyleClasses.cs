using AInimEngine.Core.Randomness;

namespace AInimEngine.Training.Data.Sorting;

/// <summary>Groups pictures by style: k-means (Lloyd 1982) from k-means++ seeds (Arthur and Vassilvitskii 2007), best of several starts.</summary>
internal static class StyleClasses
{
    private const int Starts = 8, MostRounds = 100;
    private const ulong Purpose = 0x5354594C45; // "STYLE"

    /// <summary>A class for every picture, 0 the largest; the same seed and pictures give the same classes.</summary>
    /// <param name="features">One row a picture, all of one length.</param>
    /// <param name="classes">K, at most the number of pictures.</param>
    /// <param name="seed">Decides where the search begins.</param>
    public static int[] Find(IReadOnlyList<float[]> features, int classes, ulong seed)
    {
        int[] best = [];
        double least = double.MaxValue;
        for (int start = 0; start < Starts; start++)
        {
            (int[] labels, double spread) = Group(features, classes, seed, Purpose + (ulong)start);
            if (spread < least)
                (best, least) = (labels, spread);
        }
        int[] order = [.. Enumerable.Range(0, classes).OrderByDescending(c => best.Count(label => label == c)).ThenBy(c => Array.IndexOf(best, c))];
        var rank = new int[classes];
        for (int i = 0; i < classes; i++)
            rank[order[i]] = i;
        return [.. best.Select(label => rank[label])];
    }

    private static (int[] Labels, double Spread) Group(IReadOnlyList<float[]> features, int classes, ulong seed, ulong stream)
    {
        double[][] centres = Seeds(features, classes, seed, stream);
        var labels = new int[features.Count];
        Array.Fill(labels, -1);
        var distances = new double[features.Count];
        for (int round = 0; round < MostRounds; round++)
        {
            bool moved = false;
            for (int i = 0; i < features.Count; i++)
            {
                int nearest = 0;
                distances[i] = double.MaxValue;
                for (int c = 0; c < classes; c++)
                {
                    double distance = Distance(features[i], centres[c]);
                    if (distance < distances[i])
                        (distances[i], nearest) = (distance, c);
                }
                moved |= labels[i] != nearest;
                labels[i] = nearest;
            }
            for (int c = 0; c < classes; c++)
            {
                if (Array.IndexOf(labels, c) >= 0)
                    continue;
                int farthest = Array.IndexOf(distances, distances.Max()); // an empty class begins anew with who fits worst
                (labels[farthest], distances[farthest], moved) = (c, 0, true);
            }
            if (!moved)
                break;
            centres = Means(features, labels, classes);
        }
        return (labels, distances.Sum());
    }

    /// <summary>The first by chance; each next with a chance by its squared distance from the nearest one.</summary>
    private static double[][] Seeds(IReadOnlyList<float[]> features, int classes, ulong seed, ulong stream)
    {
        var centres = new double[classes][];
        var distances = new double[features.Count];
        Array.Fill(distances, double.MaxValue);
        int next = Math.Min(features.Count - 1, (int)(Philox.Uniform(seed, stream, 0) * features.Count));
        for (int c = 0; c < classes; c++)
        {
            centres[c] = [.. features[next].Select(value => (double)value)];
            for (int i = 0; i < features.Count; i++)
                distances[i] = Math.Min(distances[i], Distance(features[i], centres[c]));
            double drawn = Philox.Uniform(seed, stream, (ulong)c + 1) * distances.Sum();
            next = 0;
            while (next < features.Count - 1 && (drawn -= distances[next]) >= 0)
                next++;
        }
        return centres;
    }

    private static double[][] Means(IReadOnlyList<float[]> features, int[] labels, int classes)
    {
        var means = new double[classes][];
        var counts = new int[classes];
        for (int c = 0; c < classes; c++)
            means[c] = new double[features[0].Length];
        for (int i = 0; i < labels.Length; i++)
        {
            counts[labels[i]]++;
            for (int k = 0; k < features[i].Length; k++)
                means[labels[i]][k] += features[i][k];
        }
        for (int c = 0; c < classes; c++)
        {
            for (int k = 0; k < means[c].Length; k++)
                means[c][k] /= Math.Max(1, counts[c]);
        }
        return means;
    }

    private static double Distance(float[] features, double[] centre)
    {
        double sum = 0;
        for (int k = 0; k < features.Length; k++)
            sum += (features[k] - centre[k]) * (features[k] - centre[k]);
        return sum;
    }
}
