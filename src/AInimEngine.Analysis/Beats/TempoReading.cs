namespace AInimEngine.Analysis.Beats;

/// <summary>One reading of a track's beat, with what speaks for it.</summary>
/// <param name="Beats">Frames on which beats fall.</param>
/// <param name="Interval">Median frames between them.</param>
/// <param name="OnBeat">Mean evidence at the beats, each at most 3.</param>
/// <param name="HalfWay">The same half-way between them.</param>
/// <param name="Thirds">The same at one and two thirds of the way, the larger.</param>
/// <param name="Alternation">Difference of the mean evidence of every other beat, 0 or more.</param>
/// <param name="Unevenness">Mean relative change of the interval, a frame at a time left out.</param>
internal readonly record struct TempoReading(
    List<int> Beats, double Interval, double OnBeat, double HalfWay, double Thirds, double Alternation, double Unevenness)
{
    /// <summary>Reads what speaks for a row of beats.</summary>
    internal static TempoReading Of(List<int> beats, ReadOnlySpan<float> evidence)
    {
        if (beats.Count < 4)
            return new TempoReading(beats, 0, -3, -3, -3, 0, 1);
        var intervals = new double[beats.Count - 1];
        double even = 0, odd = 0, half = 0, third = 0, twoThirds = 0;
        for (int i = 0; i < beats.Count; i++)
        {
            double here = Peak(evidence, beats[i]);
            if (i % 2 == 0)
                even += here;
            else
                odd += here;
            if (i == 0)
                continue;
            double interval = intervals[i - 1] = beats[i] - beats[i - 1];
            half += Peak(evidence, (int)Math.Round(beats[i] - interval / 2));
            third += Peak(evidence, (int)Math.Round(beats[i] - interval * 2 / 3));
            twoThirds += Peak(evidence, (int)Math.Round(beats[i] - interval / 3));
        }
        int gaps = intervals.Length, evens = (beats.Count + 1) / 2, odds = beats.Count / 2;
        double onBeat = (even + odd) / beats.Count;
        var changes = new double[gaps - 1];
        for (int i = 0; i < changes.Length; i++)
            changes[i] = Math.Min(0.2, Math.Max(0, Math.Abs(intervals[i + 1] - intervals[i]) - 1) / intervals[i]);
        Array.Sort(intervals);
        double middle = 0;
        int counted = 0;
        for (int i = gaps / 4; i <= gaps * 3 / 4 && i < gaps; i++, counted++)
            middle += intervals[i];
        return new TempoReading(
            beats, middle / counted, onBeat, half / gaps, Math.Max(third, twoThirds) / gaps,
            Math.Abs(even / evens - odd / odds), changes.Average());
    }

    private static double Peak(ReadOnlySpan<float> evidence, int frame)
    {
        float largest = -3;
        for (int i = Math.Max(0, frame - 1); i <= Math.Min(evidence.Length - 1, frame + 1); i++)
            largest = Math.Max(largest, evidence[i]);
        return Math.Min(largest, 3);
    }
}
