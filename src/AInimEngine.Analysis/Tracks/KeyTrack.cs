namespace AInimEngine.Analysis.Tracks;

/// <summary>Key of a track and over time.</summary>
/// <param name="Global">Of the whole track.</param>
/// <param name="Spans">Over time, contiguous; neighbours differ.</param>
/// <param name="TuningCents">Deviation of the concert pitch from A = 440 Hz, -50..50.</param>
public sealed record KeyTrack(KeyEstimate Global, IReadOnlyList<KeySpan> Spans, double TuningCents);
