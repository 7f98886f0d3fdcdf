namespace AInimEngine.Analysis.Beats;

/// <summary>One reading of a track's beat, with what speaks for it.</summary>
/// <param name="Beats">Frames on which beats fall.</param>
/// <param name="Interval">Median frames between them.</param>
/// <param name="OnBeat">Mean evidence at the beats, each at most 3.</param>
/// <param name="HalfWay">The same half-way between them.</param>
/// <param name="Thirds">The same at one and two thirds of the way, the larger.</param>
/// <param name="Alternation">Difference of the mean evidence of every other beat, 0 or more.</param>
/// <param name="Explained">
/// Share of what speaks for beats anywhere that falls on quarters or thirds of the beats, less what chance would put
/// there: near 1 for music with a pulse, near 0 for noise and for hits without a rule.
/// </param>
/// <param name="Unevenness">Mean relative change of the interval, a frame at a time left out.</param>
internal readonly record struct TempoReading(
    List<int> Beats, double Interval, double OnBeat, double HalfWay, double Thirds, double Alternation, double Explained, double Unevenness)
{
    /// <summary>What else speaks for it.</summary>
    internal BeatSupport Support { get; init; }

    /// <summary>Its beats are evenly spaced from first to last.</summary>
    internal bool IsSteady { get; init; }

    /// <summary>Reads what speaks for a row of beats.</summary>
    internal static TempoReading Of(List<int> beats, ReadOnlySpan<float> evidence)
    {
        if (beats.Count < 4)
            return new TempoReading(beats, 0, -3, -3, -3, 0, 0, 1);
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
            Math.Abs(even / evens - odd / odds), Explain(beats, evidence), changes.Average());
    }

    private static double Explain(List<int> beats, ReadOnlySpan<float> evidence) =>
        Math.Max(Explain(beats, evidence, 4), Explain(beats, evidence, 3));

    private static double Explain(List<int> beats, ReadOnlySpan<float> evidence, int parts)
    {
        double near = 0, all = 0, room = 0, frames = 0;
        for (int i = 1; i < beats.Count; i++)
        {
            int interval = beats[i] - beats[i - 1];
            double part = (double)interval / (interval < 36 ? parts / 2.0 : parts);
            frames += interval;
            for (int p = 0; p < interval; p++)
            {
                double away = Math.Abs(p - Math.Round(p / part) * part);
                bool isNear = away <= 1.25;
                float x = Math.Clamp(evidence[beats[i - 1] + p], 0, 3);
                all += x;
                if (!isNear)
                    continue;
                near += x;
                room++;
            }
        }
        double chance = room / frames;
        return all > 0 ? Math.Max(0, (near / all - chance) / (1 - chance)) : 0;
    }

    private static double Peak(ReadOnlySpan<float> evidence, int frame)
    {
        float largest = -3;
        for (int i = Math.Max(0, frame - 1); i <= Math.Min(evidence.Length - 1, frame + 1); i++)
            largest = Math.Max(largest, evidence[i]);
        return Math.Min(largest, 3);
    }
}
