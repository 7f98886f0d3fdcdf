using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Structure;

/// <summary>The units in which structure is sought: beats where they can be trusted, else even steps.</summary>
internal sealed class TimeUnits
{
    /// <summary>Beats less sure than this are not used.</summary>
    internal const double LeastConfidence = 0.3;

    private const double StepSeconds = 0.5;
    private const int FewestBeats = 16;

    private TimeUnits(double[] edges, bool areBeats, int[] positions, int perBar)
    {
        (Edges, AreBeats, Positions, PerBar) = (edges, areBeats, positions, perBar);
    }

    /// <summary>Seconds, rising; one more than there are units.</summary>
    internal double[] Edges { get; }

    /// <summary>Number of units.</summary>
    internal int Count => Edges.Length - 1;

    /// <summary>Units are beats.</summary>
    internal bool AreBeats { get; }

    /// <summary>Place in the bar of each unit, 1 for a downbeat; all 0 where bars are unknown.</summary>
    internal int[] Positions { get; }

    /// <summary>Units in a bar; 4 where bars are unknown.</summary>
    internal int PerBar { get; }

    /// <summary>Bars are known.</summary>
    internal bool HasBars => Positions.AsSpan().ContainsAnyExcept(0);

    /// <summary>Makes the units of a track.</summary>
    /// <param name="duration">Seconds.</param>
    /// <param name="beats">What was found; used if it is sure enough.</param>
    internal static TimeUnits Of(double duration, BeatTrack beats)
    {
        if (beats.Confidence < LeastConfidence || beats.Times.Count < FewestBeats)
            return Even(duration);
        var edges = new List<double> { 0 };
        var positions = new List<int> { 0 };
        double period = (beats.Times[^1] - beats.Times[0]) / (beats.Times.Count - 1);
        for (int i = 0; i < beats.Times.Count; i++)
        {
            double time = beats.Times[i];
            if (time >= duration - 0.25 * period)
                break;
            int position = beats.DownbeatConfidence >= LeastConfidence ? beats.Positions[i] : 0;
            if (edges.Count == 1 && time - edges[^1] < 0.5 * period)
            {
                // The first beat is the start of the track.
                positions[^1] = position;
                continue;
            }
            AddSteps(edges, positions, time, period);
            edges.Add(time);
            positions.Add(position);
        }
        AddSteps(edges, positions, duration, period);
        edges.Add(duration);
        return new TimeUnits([.. edges], true, [.. positions], beats.BeatsPerBar);
    }

    /// <summary>Fills a stretch without beats with steps of about a beat.</summary>
    private static void AddSteps(List<double> edges, List<int> positions, double to, double period)
    {
        double from = edges[^1];
        int steps = (int)Math.Round((to - from) / period);
        for (int i = 1; i < steps && steps > 2; i++)
        {
            edges.Add(from + (to - from) * i / steps);
            positions.Add(0);
        }
    }

    private static TimeUnits Even(double duration)
    {
        int count = Math.Max(1, (int)Math.Round(duration / StepSeconds));
        return new TimeUnits([.. Enumerable.Range(0, count + 1).Select(i => duration * i / count)], false, new int[count], 4);
    }
}
