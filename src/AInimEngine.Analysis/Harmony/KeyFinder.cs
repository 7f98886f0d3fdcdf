using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Harmony;

/// <summary>Finds the key of a track, and where it changes.</summary>
/// <remarks>
/// The chroma of every second, spread over some ten, is correlated with 24 keys; the likeliest path through them by Viterbi,
/// where a change costs what only a lasting better fit pays. The key of the track is the best fit of the chroma of all
/// seconds of the key that lasts longest.
/// </remarks>
internal static class KeyFinder
{
    private const int BlockCells = 12, Reach = 6;

    /// <summary>Log-likelihood of a correlation of 1 against one of 0, a block.</summary>
    private const double Sharpness = 2;

    private const double ChangeCost = 10;

    /// <summary>Least share of the power in peaks, and least correlation, of what is called tonal.</summary>
    private const double LeastTonal = 0.25, LeastFit = 0.5;

    /// <summary>Least distance of the chroma from a level one, as a share of its mean.</summary>
    private const double LeastContrast = 0.15;

    /// <summary>Key of the whole and over time.</summary>
    internal static KeyTrack Find(ChromaTrack chroma)
    {
        int blocks = (chroma.Cells + BlockCells - 1) / BlockCells;
        var classes = new double[blocks][];
        var tonal = new double[blocks];
        for (int block = 0; block < blocks; block++)
            (classes[block], tonal[block]) = Sum(chroma, block * BlockCells, Math.Min(chroma.Cells, (block + 1) * BlockCells));
        int[] path = Path(Spread(classes));
        KeyEstimate global = Whole(classes, tonal, path);
        double duration = chroma.Cells / PitchGrid.CellRate;
        if (global.Tonic < 0)
            return new KeyTrack(global, duration > 0 ? [new KeySpan(0, duration, global)] : [], 0);
        return new KeyTrack(global, Spans(classes, tonal, path, duration), chroma.TuningCents);
    }

    /// <summary>The key that holds longest, judged again by all that is heard in it: of two keys the mixture is a third.</summary>
    private static KeyEstimate Whole(double[][] classes, double[] tonal, int[] path)
    {
        var lasts = new int[KeyProfiles.Keys];
        foreach (int key in path)
            lasts[key]++;
        int longest = Array.IndexOf(lasts, lasts.Max());
        (double[] sum, double sumTonal) = Gather(classes, tonal, path, longest, 0, path.Length);
        return Judge(sum, sumTonal);
    }

    /// <summary>Chroma of the blocks of one key, and how tonal they are on the whole, loud ones counting more.</summary>
    private static (double[] Classes, double Tonal) Gather(double[][] classes, double[] tonal, int[] path, int key, int from, int to)
    {
        var sum = new double[PitchGrid.Classes];
        double sumTonal = 0, weights = 0;
        for (int block = from; block < to; block++)
        {
            if (path[block] != key)
                continue;
            double weight = 0;
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += classes[block][i];
                weight += classes[block][i];
            }
            sumTonal += tonal[block] * weight;
            weights += weight;
        }
        return (sum, weights > 0 ? sumTonal / weights : 0);
    }

    private static (double[] Classes, double Tonal) Sum(ChromaTrack chroma, int from, int to)
    {
        Span<float> cells = stackalloc float[PitchGrid.Classes];
        cells.Clear();
        double tonal = 0;
        for (int cell = from; cell < to; cell++)
        {
            chroma.AddTo(cell, cells);
            tonal += chroma.Tonal[cell];
        }
        var classes = new double[PitchGrid.Classes];
        for (int i = 0; i < classes.Length; i++)
            classes[i] = cells[i];
        return (classes, tonal / Math.Max(1, to - from));
    }

    private static KeyEstimate Judge(double[] classes, double tonal)
    {
        Span<double> fits = stackalloc double[KeyProfiles.Keys];
        KeyProfiles.Correlate(classes, fits);
        int best = 0;
        for (int key = 1; key < fits.Length; key++)
        {
            if (fits[key] > fits[best])
                best = key;
        }
        return Judge(classes, tonal, best, fits);
    }

    private static KeyEstimate Judge(double[] classes, double tonal, int key, ReadOnlySpan<double> fits)
    {
        double mean = classes.Average();
        double spread = mean > 0 ? Math.Sqrt(classes.Sum(x => (x - mean) * (x - mean)) / classes.Length) / mean : 0;
        if (tonal < LeastTonal || spread < LeastContrast || fits[key] < LeastFit)
            return new KeyEstimate(-1, false, 0);
        double second = -1;
        for (int other = 0; other < fits.Length; other++)
        {
            if (other != key)
                second = Math.Max(second, fits[other]);
        }

        // How well it fits, and by how much better than the next: a lead of 0.15 leaves little doubt.
        double lead = Math.Clamp((fits[key] - second) / 0.15, 0, 1);
        double confidence = Math.Clamp((fits[key] - LeastFit) / (0.9 - LeastFit), 0, 1) * (0.35 + 0.65 * lead);
        return new KeyEstimate(key % PitchGrid.Classes, key >= PitchGrid.Classes, confidence);
    }

    private static List<KeySpan> Spans(double[][] classes, double[] tonal, int[] path, double duration)
    {
        var spans = new List<KeySpan>();
        var fits = new double[KeyProfiles.Keys];
        for (int from = 0, to; from < path.Length; from = to)
        {
            for (to = from; to < path.Length && path[to] == path[from];)
                to++;
            (double[] sum, double sumTonal) = Gather(classes, tonal, path, path[from], from, to);
            KeyProfiles.Correlate(sum, fits);
            KeyEstimate key = Judge(sum, sumTonal, path[from], fits);
            double end = to == path.Length ? duration : to * BlockCells / PitchGrid.CellRate;
            if (spans.Count > 0 && spans[^1].Key.Tonic == key.Tonic && spans[^1].Key.IsMinor == key.IsMinor)
                spans[^1] = spans[^1] with { End = end };
            else
                spans.Add(new KeySpan(from * BlockCells / PitchGrid.CellRate, end, key));
        }
        return spans;
    }

    /// <summary>Each block with its neighbours under a triangle, so that one chord is not a key.</summary>
    private static double[][] Spread(double[][] classes)
    {
        var spread = new double[classes.Length][];
        for (int block = 0; block < classes.Length; block++)
        {
            spread[block] = new double[PitchGrid.Classes];
            for (int other = Math.Max(0, block - Reach); other <= Math.Min(classes.Length - 1, block + Reach); other++)
            {
                double weight = 1 - Math.Abs(other - block) / (Reach + 1.0);
                for (int i = 0; i < PitchGrid.Classes; i++)
                    spread[block][i] += weight * classes[other][i];
            }
        }
        return spread;
    }

    private static int[] Path(double[][] classes)
    {
        const int Keys = KeyProfiles.Keys;
        var score = new double[Keys];
        var next = new double[Keys];
        var fits = new double[Keys];
        var from = new byte[classes.Length * Keys];
        for (int block = 0; block < classes.Length; block++)
        {
            KeyProfiles.Correlate(classes[block], fits);
            int best = Array.IndexOf(score, score.Max());
            for (int key = 0; key < Keys; key++)
            {
                bool changes = score[best] - ChangeCost > score[key];
                from[block * Keys + key] = (byte)(changes ? best : key);
                next[key] = (changes ? score[best] - ChangeCost : score[key]) + Sharpness * fits[key];
            }
            (score, next) = (next, score);
        }
        var path = new int[classes.Length];
        int at = Array.IndexOf(score, score.Max());
        for (int block = classes.Length - 1; block >= 0; block--)
        {
            path[block] = at;
            at = from[block * Keys + at];
        }
        return path;
    }
}
