namespace AInimEngine.Analysis.Structure;

/// <summary>Moves boundaries to where the sound changes most nearby: to downbeats where bars are known.</summary>
internal static class BoundarySnap
{
    private const double PerBar = 0.12;

    /// <summary>The partition with its boundaries moved by up to a bar and a half.</summary>
    internal static Partition Apply(Partition partition, UnitFeatures features, TimeUnits units)
    {
        float[] close = NoveltyCurve.Of(features, units.Count, units.PerBar), wide = NoveltyCurve.Of(features, units.Count, 4 * units.PerBar);
        int[] starts = [.. partition.Starts];
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
                double worth = (close[edge] + wide[edge]) * (1 - PerBar * away);
                if (units.HasBars && units.Positions[edge] != 1)
                    worth *= 0.5;
                if (worth > most)
                    (best, most) = (edge, worth);
            }
            starts[part] = best;
        }
        return partition with { Starts = starts };
    }
}
