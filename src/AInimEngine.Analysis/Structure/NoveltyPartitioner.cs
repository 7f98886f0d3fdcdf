using AInimEngine.Analysis.Harmony;

namespace AInimEngine.Analysis.Structure;

/// <summary>
/// Cuts a track where its novelty peaks, and calls alike what is near in mean harmony and timbre. For tracks without a
/// pulse, and for those too long for the spectral method: the cost grows with their length only.
/// </summary>
internal static class NoveltyPartitioner
{
    private const int Reach = 32, Apart = 16, MostKinds = 26;

    /// <summary>A cut needs this much novelty, and this much more than the mean around it.</summary>
    private const float Least = 0.7f, OverMean = 1.5f;

    /// <summary>Parts this near in mean harmony and timbre are of one kind.</summary>
    private const double Alike = 0.5;

    /// <summary>The partition.</summary>
    internal static Partition Of(UnitFeatures features, TimeUnits units)
    {
        int count = units.Count;
        float[] novelty = NoveltyCurve.Of(features, count, Math.Min(Reach, Math.Max(4, count / 4)));
        List<int> starts = Peaks(novelty, count);
        int[] labels = Label(features, starts, count);
        for (int i = starts.Count - 1; i > 0; i--)
        {
            if (labels[i] != labels[i - 1])
                continue;
            starts.RemoveAt(i);
            labels = [.. labels[..i], .. labels[(i + 1)..]];
        }
        double strength = starts.Skip(1).Select(edge => (double)novelty[edge]).DefaultIfEmpty(0).Average();
        return new Partition([.. starts], labels, Math.Clamp(strength / 3, 0, units.AreBeats ? 0.6 : 0.25));
    }

    private static List<int> Peaks(float[] novelty, int count)
    {
        var starts = new List<int> { 0 };
        var sums = new double[novelty.Length + 1];
        for (int i = 0; i < novelty.Length; i++)
            sums[i + 1] = sums[i] + novelty[i];
        int apart = Math.Min(Apart, Math.Max(2, count / 4));
        for (int edge = apart / 2; edge <= count - apart / 2; edge++)
        {
            int low = Math.Max(0, edge - 2 * Reach), high = Math.Min(count, edge + 2 * Reach);
            double mean = (sums[high + 1] - sums[low]) / (high + 1 - low);
            bool peak = novelty[edge] > Least && novelty[edge] > OverMean * mean && edge - starts[^1] >= apart / 2;
            for (int other = Math.Max(0, edge - apart / 2); peak && other <= Math.Min(count, edge + apart / 2); other++)
                peak = novelty[other] <= novelty[edge];
            if (peak)
                starts.Add(edge);
        }
        return starts;
    }

    /// <summary>Each part in its order joins the nearest kind so far, or founds one.</summary>
    private static int[] Label(UnitFeatures features, List<int> starts, int count)
    {
        const int Width = PitchGrid.Classes + UnitFeatures.TimbreWidth;
        var means = new List<double[]>();
        var labels = new int[starts.Count];
        for (int part = 0; part < starts.Count; part++)
        {
            int from = starts[part], to = part + 1 < starts.Count ? starts[part + 1] : count;
            var mean = new double[Width];
            for (int i = from; i < to; i++)
            {
                for (int k = 0; k < PitchGrid.Classes; k++)
                    mean[k] += 1.5 * features.Chroma[i * PitchGrid.Classes + k] / (to - from);
                for (int k = 0; k < UnitFeatures.TimbreWidth; k++)
                    mean[PitchGrid.Classes + k] += 0.25 * features.Timbre[i * UnitFeatures.TimbreWidth + k] / (to - from);
            }
            int best = -1;
            double least = means.Count < MostKinds ? Alike : double.MaxValue;
            for (int kind = 0; kind < means.Count; kind++)
            {
                double d = 0;
                for (int k = 0; k < Width; k++)
                    d += (mean[k] - means[kind][k]) * (mean[k] - means[kind][k]);
                if (Math.Sqrt(d) < least)
                    (best, least) = (kind, Math.Sqrt(d));
            }
            if (best < 0)
            {
                best = means.Count;
                means.Add(mean);
            }
            labels[part] = best;
        }
        return labels;
    }
}
