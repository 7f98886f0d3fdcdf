namespace AInimEngine.Analysis.Beats;

/// <summary>
/// The evenly spaced beats that a whole track supports best near a tempo: the evidence is folded at each period and the
/// strongest phase taken. A path may change sides between beat and off-beat where the music gives it reason to; a fold
/// of the whole track cannot.
/// </summary>
internal static class SteadyBeats
{
    /// <summary>Frames above which a track is not held for one piece at one tempo: 20 minutes.</summary>
    internal const int Longest = (int)(20 * 60 * BeatClock.Rate);

    private const double Width = 0.012;

    /// <summary>Frames of the beats; none where the track is too long or too short.</summary>
    /// <param name="evidence">Logarithm of a likelihood ratio per frame.</param>
    /// <param name="interval">Frames per beat, about; 0 where none was found.</param>
    internal static List<int> Find(ReadOnlySpan<float> evidence, double interval)
    {
        var beats = new List<int>();
        if (evidence.Length > Longest || !(interval >= 1) || evidence.Length < 8 * interval)
            return beats;

        // A period is wrong by a frame at the end of the track when it is wrong by this.
        double step = interval * interval / evidence.Length;
        var fold = new float[BeatStates.Longest + 2];
        double best = double.NegativeInfinity, bestPeriod = interval, bestPhase = 0;
        for (double period = interval * (1 - Width); period <= interval * (1 + Width); period += step)
        {
            int bins = (int)Math.Round(period);
            Fold(evidence, period, fold.AsSpan(0, bins));
            for (int b = 0; b < bins; b++)
            {
                double sum = fold[b] + 0.5 * (fold[(b + 1) % bins] + fold[(b + bins - 1) % bins]);
                if (sum * period > best)
                    (best, bestPeriod, bestPhase) = (sum * period, period, (b + 0.5) / bins);
            }
        }
        for (double at = bestPhase * bestPeriod; at < evidence.Length; at += bestPeriod)
            beats.Add((int)at);
        return beats;
    }

    private static void Fold(ReadOnlySpan<float> evidence, double period, Span<float> fold)
    {
        fold.Clear();
        double scale = fold.Length / period, at = 0;
        foreach (float x in evidence)
        {
            fold[(int)at % fold.Length] += x;
            at += scale;
            if (at >= fold.Length)
                at -= fold.Length;
        }
    }
}
