using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Structure;

/// <summary>
/// Finds build-ups, drops and breaks from levels of the lows, of everything and of the highs, and from how much is struck,
/// all in units of time.
/// </summary>
internal static class EnergyEvents
{
    /// <summary>Decibels by which the lows are missing in a break, and enter at a drop.</summary>
    private const float LowsGone = 9, LowsEnter = 6;

    /// <summary>Decibels by which the whole rises at a drop, and by which it may stay under the loud parts.</summary>
    private const float LevelEnters = 1.5f, UnderLoud = 4;

    /// <summary>Decibels by which highs rise over a build-up.</summary>
    private const float HighsRise = 5;

    /// <summary>The events in order of their start.</summary>
    internal static List<EnergyEvent> Find(UnitFeatures features, TimeUnits units)
    {
        var events = new List<EnergyEvent>();
        int bar = units.PerBar;
        if (units.Count < 4 * bar)
            return events;
        float fullLow = Percentile(features.Low, 0.75), fullLevel = Percentile(features.Level, 0.75), fullFlux = Percentile(features.Flux, 0.75);
        if (fullLow < -55)
            return events;
        FindBreaks(features, units, fullLow, fullFlux, events);
        List<int> drops = FindDrops(features, units, fullLow, fullLevel, events);
        FindBuildUps(features, units, drops, events);
        events.Sort((a, b) => a.Start.CompareTo(b.Start));
        return events;
    }

    /// <summary>Two bars or more with neither lows nor hits, after full sound and before the end.</summary>
    private static void FindBreaks(UnitFeatures features, TimeUnits units, float fullLow, float fullFlux, List<EnergyEvent> events)
    {
        int shortest = 2 * units.PerBar;
        bool Gone(int i) => features.Low[i] < fullLow - LowsGone && features.Flux[i] < 0.8f * fullFlux;
        int full = 0;
        for (int from = 0, to; from < units.Count; from = to + 1)
        {
            for (; from < units.Count && !Gone(from); from++)
                full++;
            int misses = 0, last = from;
            for (to = from; to < units.Count && misses < 2; to++)
            {
                misses = Gone(to) ? 0 : misses + 1;
                last = misses == 0 ? to : last;
            }
            to = last;
            if (to + 1 - from < shortest || full < shortest || to + 1 >= units.Count)
                continue;
            float low = Mean(features.Low, from, to + 1);
            if (Max(features.Low, to + 1, to + 1 + 2 * units.PerBar) > fullLow - 3)
                events.Add(new EnergyEvent(EnergyEventKind.Break, units.Edges[from], units.Edges[to + 1], Math.Clamp((fullLow - low) / 30, 0, 1)));
            full = 0;
        }
    }

    /// <summary>Edges at which lows and level enter and stay for two bars.</summary>
    private static List<int> FindDrops(UnitFeatures features, TimeUnits units, float fullLow, float fullLevel, List<EnergyEvent> events)
    {
        int bar = units.PerBar, last = -4 * bar;
        var drops = new List<int>();
        var jumps = new float[units.Count + 1];
        for (int edge = bar; edge + bar <= units.Count; edge++)
        {
            float lowAfter = Mean(features.Low, edge, edge + 2 * bar), levelAfter = Mean(features.Level, edge, edge + 2 * bar);
            float low = lowAfter - Mean(features.Low, edge - bar, edge), level = levelAfter - Mean(features.Level, edge - bar, edge);
            float longLow = lowAfter - Mean(features.Low, edge - 2 * bar, edge);
            bool enters = low > LowsEnter && longLow > LowsEnter && level > LevelEnters && lowAfter > fullLow - 4 && levelAfter > fullLevel - UnderLoud;

            // The first unit must be full already, or the edge before the true one would look as good.
            if (enters && features.Low[edge] > lowAfter - 6)
                jumps[edge] = low + level + (units.HasBars && units.Positions[edge] == 1 ? 3 : 0);
        }
        for (int edge = bar; edge + bar <= units.Count; edge++)
        {
            if (jumps[edge] == 0 || edge - last < 4 * bar || Max(jumps, edge - bar, edge + bar + 1) > jumps[edge])
                continue;
            drops.Add(edge);
            last = edge;
            events.Add(new EnergyEvent(EnergyEventKind.Drop, units.Edges[edge], units.Edges[edge], Math.Clamp(jumps[edge] / 30, 0, 1)));
        }
        return drops;
    }

    /// <summary>Before each drop: the longest of two, four and eight bars over which highs and hits grow.</summary>
    private static void FindBuildUps(UnitFeatures features, TimeUnits units, List<int> drops, List<EnergyEvent> events)
    {
        foreach (int drop in drops)
        {
            double best = 0;
            int start = drop;
            for (int bars = 8; bars >= 2; bars /= 2)
            {
                int from = drop - bars * units.PerBar;
                if (from < 0)
                    continue;
                (double rise, double fit) = Trend(features.High, from, drop);
                (double struck, double struckFit) = Trend(features.Flux, from, drop);
                double worth = Math.Clamp(rise / 20, 0, 1) * Math.Max(0, fit) + (struck > 0 ? 0.3 * Math.Max(0, struckFit) : 0);
                if (rise > HighsRise && fit > 0.5 && worth > 1.1 * best)
                    (best, start) = (worth, from);
            }
            if (start < drop)
                events.Add(new EnergyEvent(EnergyEventKind.BuildUp, units.Edges[start], units.Edges[drop], Math.Clamp(best, 0, 1)));
        }
    }

    /// <summary>Rise of the least-squares line over the stretch, and the correlation with it.</summary>
    private static (double Rise, double Fit) Trend(float[] values, int from, int to)
    {
        double n = to - from, middle = (n - 1) / 2, mean = Mean(values, from, to), xy = 0, xx = 0, yy = 0;
        for (int i = from; i < to; i++)
        {
            double x = i - from - middle, y = values[i] - mean;
            (xy, xx, yy) = (xy + x * y, xx + x * x, yy + y * y);
        }
        return (xy / xx * n, yy > 1e-12 ? xy / Math.Sqrt(xx * yy) : 0);
    }

    private static float Mean(float[] values, int from, int to)
    {
        (from, to) = (Math.Max(0, from), Math.Min(values.Length, to));
        float sum = 0;
        for (int i = from; i < to; i++)
            sum += values[i];
        return to > from ? sum / (to - from) : 0;
    }

    private static float Max(float[] values, int from, int to)
    {
        float max = float.MinValue;
        for (int i = Math.Max(0, from); i < Math.Min(values.Length, to); i++)
            max = Math.Max(max, values[i]);
        return max;
    }

    private static float Percentile(float[] values, double share)
    {
        float[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
