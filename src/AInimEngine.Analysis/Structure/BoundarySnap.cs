namespace AInimEngine.Analysis.Structure;

/// <summary>
/// Moves boundaries to where the sound changes most nearby: to downbeats where bars are known, and rather to those a
/// multiple of four bars apart, because a fill in the last bar of a part is as new as the part that follows.
/// </summary>
internal static class BoundarySnap
{
    private const int Phrase = 4;
    private const double AwayPrice = 0.12, OffBeat = 0.5, OnPhrase = 1.3, OnHalfPhrase = 1.1;

    /// <summary>The partition with its boundaries moved by up to a bar and a half.</summary>
    internal static Partition Apply(Partition partition, UnitFeatures features, TimeUnits units)
    {
        float[] close = NoveltyCurve.Of(features, units.Count, units.PerBar), wide = NoveltyCurve.Of(features, units.Count, 4 * units.PerBar);
        for (int i = 0; i < close.Length; i++)
            close[i] += wide[i];
        if (!units.HasBars)
            return Move(partition, close, units, null, 0).Moved;
        int[] bars = Bars(units);
        (Partition Moved, double Worth) best = Move(partition, close, units, bars, 0);
        for (int phase = 1; phase < Phrase; phase++)
        {
            (Partition Moved, double Worth) other = Move(partition, close, units, bars, phase);
            if (other.Worth > best.Worth)
                best = other;
        }
        return best.Moved;
    }

    private static (Partition Moved, double Worth) Move(Partition partition, float[] novelty, TimeUnits units, int[]? bars, int phase)
    {
        int[] starts = [.. partition.Starts];
        double sum = 0;
        int reach = units.PerBar * 3 / 2;
        for (int part = 1; part < starts.Length; part++)
        {
            int from = Math.Max(starts[part - 1] + 1, starts[part] - reach);
            int to = Math.Min(partition.EndOf(part, units.Count) - 1, starts[part] + reach);
            int best = starts[part];
            double most = -1;
            for (int edge = from; edge <= to; edge++)
            {
                double away = Math.Abs(edge - partition.Starts[part]) / (double)units.PerBar;
                double worth = novelty[edge] * (1 - AwayPrice * away) * Place(edge, units, bars, phase);
                if (worth > most)
                    (best, most) = (edge, worth);
            }
            starts[part] = best;
            sum += most;
        }
        return (partition with { Starts = starts }, sum);
    }

    private static double Place(int edge, TimeUnits units, int[]? bars, int phase)
    {
        if (bars is null)
            return 1;
        if (units.Positions[edge] != 1)
            return OffBeat;
        int bar = (bars[edge] + phase) % Phrase;
        return bar == 0 ? OnPhrase : bar == Phrase / 2 ? OnHalfPhrase : 1;
    }

    /// <summary>Number of the bar that each unit lies in.</summary>
    private static int[] Bars(TimeUnits units)
    {
        var bars = new int[units.Count];
        for (int i = 1; i < bars.Length; i++)
            bars[i] = bars[i - 1] + (units.Positions[i] == 1 ? 1 : 0);
        return bars;
    }
}
