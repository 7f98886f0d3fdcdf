namespace AInimEngine.Analysis.Evaluation;

/// <summary>What is known of a track because it was made so. Instants are seconds from the first sample, rising.</summary>
internal sealed record Truth
{
    public required double[] Beats { get; init; }

    public double[] Downbeats { get; init; } = [];

    /// <summary>Begins of notes with an attack, those within 30 ms of the last one left out; empty where unknown.</summary>
    public double[] Onsets { get; init; } = [];

    /// <summary>Beats a minute, the median.</summary>
    public double Tempo { get; init; }

    /// <summary>"4/4", one per time signature in order.</summary>
    public string[] Meter { get; init; } = [];

    /// <summary>"A minor"; null where unknown.</summary>
    public string? Key { get; init; }

    /// <summary>Boundaries between sections, start and end of the track left out; null where unknown.</summary>
    public double[]? Boundaries { get; init; }

    /// <summary>The onsets of <paramref name="events"/> in any order, merged.</summary>
    internal static double[] Merge(IEnumerable<double> events)
    {
        const double Together = 0.03;
        var merged = new List<double>();
        foreach (double time in events.Order())
        {
            if (merged.Count == 0 || time - merged[^1] > Together)
                merged.Add(time);
        }
        return [.. merged];
    }

    internal static double MedianTempo(ReadOnlySpan<double> beats)
    {
        if (beats.Length < 2)
            return 0;
        var intervals = new double[beats.Length - 1];
        for (int i = 0; i < intervals.Length; i++)
            intervals[i] = beats[i + 1] - beats[i];
        Array.Sort(intervals);
        return 60 / intervals[intervals.Length / 2];
    }
}
