using AInimEngine.Analysis.Harmony;

namespace AInimEngine.Analysis.Structure;

/// <summary>Cuts a track into parts that repeat, by clusters of its recurrence graph's eigenvectors.</summary>
/// <remarks>
/// McFee and Ellis leave the number of kinds of part to the reader. Here every number from 2 to 8 is tried and the best
/// kept by what it explains of the variance of harmony and timbre, less a price for each part, for parts far from eight
/// bars, and for few or many kinds. Prices measured on 24 rendered songs: see docs/structure.md.
/// </remarks>
internal static class SpectralPartitioner
{
    /// <summary>Most units: the graph is dense while it is made.</summary>
    internal const int MostUnits = 2000;

    private const int MostKinds = 8, ShortestHalfBars = 5;
    private const double PartPrice = 0.012, KindPrice = 0.02, LengthPrice = 0.02, UsualKinds = 4.5, UsualBars = 8;

    /// <summary>The best partition.</summary>
    internal static Partition Of(UnitFeatures features, TimeUnits units)
    {
        int count = units.Count;
        float[][] vectors = SpectralEmbedding.Of(features, count, MostKinds);
        float[] novelty = NoveltyCurve.Of(features, count, 4 * units.PerBar);
        var whole = new int[count];
        int[] best = whole;
        double bestWorth = Worth(features, whole, units), explains = 0;
        for (int kinds = 2; kinds <= Math.Min(MostKinds, vectors.Length); kinds++)
        {
            int[] labels = Clusters.Of(SpectralEmbedding.Points(vectors, count, kinds), count, kinds, kinds);
            MergeShort(labels, novelty, ShortestHalfBars * units.PerBar / 2);
            double worth = MergeAlike(features, labels, units);
            if (worth > bestWorth)
                (best, bestWorth, explains) = (labels, worth, Explained(features, labels));
        }

        // A third of all variance explained by a few parts is as much as music gives.
        double confidence = Math.Clamp(explains / 0.33, 0, 1);
        return Cut(best, confidence);
    }

    /// <summary>Runs of labels as parts.</summary>
    private static Partition Cut(int[] labels, double confidence)
    {
        var starts = new List<int>();
        var kinds = new List<int>();
        for (int i = 0; i < labels.Length; i++)
        {
            if (i > 0 && labels[i] == labels[i - 1])
                continue;
            starts.Add(i);
            kinds.Add(labels[i]);
        }
        return new Partition([.. starts], [.. kinds], confidence);
    }

    /// <summary>Gives runs shorter than <paramref name="shortest"/> to the neighbour from which less novelty divides them, shortest first.</summary>
    private static void MergeShort(int[] labels, float[] novelty, int shortest)
    {
        while (true)
        {
            int begin = -1, length = shortest;
            for (int from = 0, to; from < labels.Length; from = to)
            {
                for (to = from; to < labels.Length && labels[to] == labels[from];)
                    to++;
                // What comes in or goes out may be shorter.
                bool atEnd = from == 0 || to == labels.Length;
                if (to - from < (atEnd ? Math.Min(length, shortest * 4 / 5) : length) && to - from < labels.Length)
                    (begin, length) = (from, to - from);
            }
            if (begin < 0)
                return;
            int end = begin + length;
            bool left = end == labels.Length || (begin > 0 && novelty[begin] < novelty[end]);
            labels.AsSpan(begin, length).Fill(left ? labels[begin - 1] : labels[end]);
        }
    }

    /// <summary>
    /// Clusters of the graph are neighbourhoods, so parts that sound alike but lie far apart may get two labels: two kinds
    /// become one while that is worth more. Gives the worth.
    /// </summary>
    private static double MergeAlike(UnitFeatures features, int[] labels, TimeUnits units)
    {
        double worth = Worth(features, labels, units);
        while (true)
        {
            int[] kinds = [.. labels.Distinct().Order()], better = labels;
            foreach (int first in kinds)
            {
                foreach (int second in kinds)
                {
                    if (second <= first)
                        continue;
                    int[] merged = [.. labels.Select(label => label == second ? first : label)];
                    if (Worth(features, merged, units) is var found && found > worth)
                        (better, worth) = (merged, found);
                }
            }
            if (ReferenceEquals(better, labels))
                return worth;
            better.CopyTo(labels, 0);
        }
    }

    private static double Worth(UnitFeatures features, int[] labels, TimeUnits units)
    {
        int kinds = labels.Distinct().Count();
        int parts = 1;
        for (int i = 1; i < labels.Length; i++)
            parts += labels[i] != labels[i - 1] ? 1 : 0;
        double octaves = Math.Log2(labels.Length / (double)parts / (UsualBars * units.PerBar));
        return Explained(features, labels) - PartPrice * parts - KindPrice * Math.Abs(kinds - UsualKinds) - LengthPrice * octaves * octaves;
    }

    /// <summary>Share of the variance of harmony and timbre that lies between the kinds of part, 0..1.</summary>
    private static double Explained(UnitFeatures features, int[] labels)
    {
        const double HarmonyWeight = 4, TimbreWeight = 0.25;
        (double within, double total) = Variance(features.Chroma, PitchGrid.Classes, labels);
        (double timbreWithin, double timbreTotal) = Variance(features.Timbre, UnitFeatures.TimbreWidth, labels);
        double all = HarmonyWeight * total + TimbreWeight * timbreTotal;
        return all > 1e-9 ? 1 - (HarmonyWeight * within + TimbreWeight * timbreWithin) / all : 0;
    }

    private static (double Within, double Total) Variance(float[] vectors, int width, int[] labels)
    {
        var sums = new double[MostKinds + 1];
        var sizes = new int[MostKinds + 1];
        foreach (int label in labels)
            sizes[label]++;
        double within = 0, total = 0;
        for (int k = 0; k < width; k++)
        {
            Array.Clear(sums);
            double sum = 0, square = 0, between = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                double x = vectors[i * width + k];
                sums[labels[i]] += x;
                sum += x;
                square += x * x;
            }
            for (int label = 0; label < sums.Length; label++)
                between += sizes[label] > 0 ? sums[label] * sums[label] / sizes[label] : 0;
            within += square - between;
            total += square - sum * sum / labels.Length;
        }
        return (within, total);
    }
}
