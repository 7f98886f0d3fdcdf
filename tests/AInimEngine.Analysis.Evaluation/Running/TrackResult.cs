using AInimEngine.Analysis.Evaluation.Metrics;

namespace AInimEngine.Analysis.Evaluation.Running;

/// <summary>What all systems scored on a track; null where the truth does not say, or the system cannot run.</summary>
internal sealed record TrackResult(
    Track Track, double Tempo, BeatScore?[] Beats, EventScore?[] Onsets, double?[] Keys, SectionScore?[] Sections);
