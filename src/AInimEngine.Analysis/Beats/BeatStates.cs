namespace AInimEngine.Analysis.Beats;

/// <summary>
/// The states of the bar-pointer model within a beat: an interval of whole frames and a position in it that moves on by
/// one each frame (Whiteley, Cemgil and Godsill, ISMIR 2006; Krebs, Boeck and Widmer, "An efficient state-space model for
/// joint tempo and meter tracking", ISMIR 2015).
/// </summary>
internal static class BeatStates
{
    /// <summary>Frames of the shortest beat: 225 a minute.</summary>
    internal const int Shortest = 25;

    /// <summary>Frames of the longest beat: 49.8 a minute.</summary>
    internal const int Longest = 113;

    /// <summary>Intervals.</summary>
    internal const int Count = Longest - Shortest + 1;

    /// <summary>Steps of nearness to a beat.</summary>
    internal const int Levels = 16;

    /// <summary>Farthest step from an interval to the next.</summary>
    internal const int Reach = 12;

    private static readonly int[] s_first = [.. Enumerable.Range(0, Count + 1).Select(k => Enumerable.Range(Shortest, k).Sum())];
    private static readonly (byte Position, byte Level)[][] s_beat = MakeRegions(offBeat: false), s_offBeat = MakeRegions(offBeat: true);

    /// <summary>States in all.</summary>
    internal static int Total => s_first[Count];

    /// <summary>Index of the first state of interval number <paramref name="k"/>.</summary>
    internal static int First(int k) => s_first[k];

    /// <summary>Positions at and around the beat, each with its nearness 1..<see cref="Levels"/>.</summary>
    internal static ReadOnlySpan<(byte Position, byte Level)> Beat(int k) => s_beat[k];

    /// <summary>The same half-way between the beats.</summary>
    internal static ReadOnlySpan<(byte Position, byte Level)> OffBeat(int k) => s_offBeat[k];

    /// <summary>Weights of the steps -<see cref="Reach"/>..<see cref="Reach"/> from each interval; each row sums to 1 before the prior.</summary>
    internal static double[] Steps(BeatModel model)
    {
        const int Row = 2 * Reach + 1;
        var steps = new double[Count * Row];
        for (int k = 0; k < Count; k++)
        {
            double sum = 0;
            for (int step = -Reach; step <= Reach; step++)
            {
                if (k + step < 0 || k + step >= Count)
                    continue;
                double weight = Math.Exp(-model.Steadiness * Math.Abs((double)step / (k + Shortest)));
                steps[k * Row + step + Reach] = weight < 1e-6 ? 0 : weight;
                sum += weight;
            }
            for (int step = -Reach; step <= Reach; step++)
            {
                ref double weight = ref steps[k * Row + step + Reach];
                if (weight > 0)
                    weight = weight / sum * Math.Exp(model.Pull * model.LogPrior(k + step + Shortest));
            }
        }
        return steps;
    }

    private static (byte, byte)[][] MakeRegions(bool offBeat)
    {
        var regions = new (byte, byte)[Count][];
        for (int k = 0; k < Count; k++)
        {
            int interval = k + Shortest;
            double centre = offBeat ? interval / 2.0 : 0, width = 0.8 + 0.011 * interval;
            var region = new List<(byte, byte)>();
            for (int p = 0; p < interval; p++)
            {
                double distance = Math.Min(Math.Abs(p - centre), interval - Math.Abs(p - centre)) / width;
                int level = (int)Math.Round(Levels * Math.Exp(-0.5 * distance * distance));
                if (level > 0)
                    region.Add(((byte)p, (byte)level));
            }
            regions[k] = [.. region];
        }
        return regions;
    }
}
