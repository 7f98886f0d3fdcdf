using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Engine.Hearing;

/// <summary>Makes tempo and beats as the artist says, from what was heard where that still holds.</summary>
/// <remarks>
/// Tempo and first beat together make an exact grid. A tempo alone that is the heard one, or a whole multiple or part of
/// it, keeps the heard beats, divided or thinned: they follow the playing. Any other tempo makes a grid whose phase fits
/// the onsets best. A first beat alone moves the heard beats.
/// </remarks>
internal static class CorrectedBeats
{
    // A steady track has one tempo, and the artist means another one; a tempo that wanders is only named.
    private const double Alike = 0.04, AlikeWhenSteady = 0.002, OnsetWidth = 0.02;
    private const int MostParts = 4;

    public static TrackAnalysis Apply(TrackCorrections corrections, TrackAnalysis heard)
    {
        int meter = corrections.BeatsPerBar ?? heard.Beats.BeatsPerBar;
        List<double> times;
        int anchor;
        double downbeats = heard.Beats.DownbeatConfidence;
        if (corrections.FirstBeat is { } first)
        {
            if (first >= heard.Duration)
                throw corrections.Error(default, FormattableString.Invariant($"first_beat = {first:g6} s, and the track ends at {heard.Duration:g6} s"));
            times = corrections.Tempo is { } tempo ? Grid(first, 60 / tempo, heard.Duration) : Moved(heard, first)
                ?? throw corrections.Error(default, "first_beat needs a tempo beside it, because no beats were heard");
            (anchor, downbeats) = (0, 1);
        }
        else
        {
            times = [.. heard.Beats.Times];
            anchor = FirstDownbeat(heard.Beats);
            if (corrections.Tempo is { } tempo)
                times = AtTempo(heard, tempo, ref anchor);
            else if (times.Count == 0)
                return heard; // beats_per_bar of no beats
        }
        int[] places = [.. times.Select((_, i) => ((i - anchor) % meter + meter) % meter + 1)];
        bool kept = corrections.Tempo is null && corrections.FirstBeat is null;
        bool grid = corrections is { Tempo: not null, FirstBeat: not null };
        double bpm = corrections.Tempo ?? heard.Tempo.Bpm;
        return heard with
        {
            Tempo = new TempoEstimate(
                bpm, kept ? heard.Tempo.Confidence : 1, grid || heard.Tempo.IsSteady || heard.Tempo.Bpm <= 0, kept ? heard.Tempo.Alternatives : []),
            Beats = new BeatTrack(times, places, meter, kept ? heard.Beats.Confidence : 1, corrections.BeatsPerBar is null ? downbeats : 1),
        };
    }

    private static int FirstDownbeat(BeatTrack beats)
    {
        for (int i = 0; i < beats.Positions.Count; i++)
            if (beats.Positions[i] == 1)
                return i;
        return 0;
    }

    private static List<double> Grid(double first, double period, double duration)
    {
        var times = new List<double>();
        for (int i = 0; first + i * period < duration; i++)
            times.Add(first + i * period);
        return times;
    }

    /// <summary>The heard beats with the one that is nearest to <paramref name="first"/> set there, and those before it gone.</summary>
    private static List<double>? Moved(TrackAnalysis heard, double first)
    {
        IReadOnlyList<double> beats = heard.Beats.Times;
        if (beats.Count < 2)
            return null;
        double period = 60 / heard.Tempo.Bpm;
        double shift = first - beats.MinBy(beat => Math.Abs(beat - first));

        // Further off than a beat, the artist counts from before what was heard: the same phase, carried back.
        shift -= Math.Round(shift / period) * period;
        List<double> moved = [.. beats.Select(beat => beat + shift).Where(beat => beat > first + period / 2 && beat < heard.Duration)];
        double last = moved.Count > 0 ? moved[0] : heard.Duration;
        var before = new List<double> { first };
        int missing = (int)Math.Round((last - first) / period) - 1;
        for (int i = 1; i <= missing; i++)
            before.Add(first + i * (last - first) / (missing + 1));
        return [.. before, .. moved];
    }

    private static List<double> AtTempo(TrackAnalysis heard, double tempo, ref int anchor)
    {
        IReadOnlyList<double> beats = heard.Beats.Times;
        double alike = heard.Tempo.IsSteady ? AlikeWhenSteady : Alike;
        for (int parts = 1; parts <= MostParts && beats.Count > 1; parts++)
        {
            if (Math.Abs(tempo / (heard.Tempo.Bpm * parts) - 1) < alike)
            {
                anchor *= parts;
                return Divided(beats, parts);
            }
            if (Math.Abs(tempo * parts / heard.Tempo.Bpm - 1) < alike)
            {
                int offset = anchor % parts, step = parts;
                anchor /= parts;
                return [.. beats.Where((_, i) => i % step == offset)];
            }
        }
        double period = 60 / tempo;
        anchor = 0;
        return Grid(BestPhase(heard.Onsets, period), period, heard.Duration);
    }

    private static List<double> Divided(IReadOnlyList<double> beats, int parts)
    {
        var divided = new List<double>();
        for (int i = 0; i < beats.Count; i++)
            for (int part = 0; part < (i + 1 < beats.Count ? parts : 1); part++)
                divided.Add(part == 0 ? beats[i] : beats[i] + (beats[i + 1] - beats[i]) * part / parts);
        return divided;
    }

    /// <summary>The phase, 0 to one period, on which the strongest onsets lie; low ones count once more.</summary>
    private static double BestPhase(OnsetTrack onsets, double period)
    {
        const int steps = 200;
        (double best, double phase) = (-1, 0);
        for (int step = 0; step < steps; step++)
        {
            double at = period * step / steps;
            double sum = Sum(onsets.All, at, period) + Sum(onsets.Low, at, period);
            if (sum > best)
                (best, phase) = (sum, at);
        }
        return phase;
    }

    private static double Sum(IReadOnlyList<OnsetMark> onsets, double phase, double period)
    {
        double sum = 0;
        foreach (OnsetMark onset in onsets)
        {
            double off = (onset.Time - phase) / period;
            off = (off - Math.Round(off)) * period / OnsetWidth;
            sum += onset.Strength * Math.Exp(-off * off / 2);
        }
        return sum;
    }
}
