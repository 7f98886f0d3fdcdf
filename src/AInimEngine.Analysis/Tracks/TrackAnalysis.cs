using AInimEngine.Analysis.Ranges;

namespace AInimEngine.Analysis.Tracks;

/// <summary>
/// Everything that the whole-track analysis says of a piece of sound. Immutable; instants are seconds from the first
/// decoded sample. Written as JSON by <c>ainim analyze</c>, kept in the cache, listened to by presets.
/// </summary>
public sealed record TrackAnalysis
{
    /// <summary>Version written now; a cached analysis of another is made again.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Samples per channel at 48 kHz: the duration of the track.</summary>
    public required long SampleCount { get; init; }

    /// <summary>How fast, how sure, and what else it could be.</summary>
    public required TempoEstimate Tempo { get; init; }

    /// <summary>The beats and their places in the bar; empty where there is no pulse.</summary>
    public required BeatTrack Beats { get; init; }

    /// <summary>Note onsets over the whole band and in three.</summary>
    public required OnsetTrack Onsets { get; init; }

    /// <summary>Contiguous sections that cover the track, in order.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>How much to believe the sections, 0..1; at most 0.25 where there is no pulse.</summary>
    public double SectionConfidence { get; init; }

    /// <summary>Key of the track and over time.</summary>
    public required KeyTrack Key { get; init; }

    /// <summary>Build-ups, drops and breaks, in order of their start.</summary>
    public required IReadOnlyList<EnergyEvent> Events { get; init; }

    /// <summary>How new the sound is at each instant, 0..1.</summary>
    public required Curve Novelty { get; init; }

    /// <summary>Loudness by BS.1770 and EBU R 128, of the file's own channels.</summary>
    public required LoudnessReport Loudness { get; init; }

    /// <summary>Normalising range of every feature.</summary>
    public required TrackSummary Summary { get; init; }

    /// <summary>Seconds.</summary>
    public double Duration => (double)SampleCount / Hop.SampleRate;
}
