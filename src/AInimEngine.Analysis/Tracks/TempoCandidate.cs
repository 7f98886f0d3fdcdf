namespace AInimEngine.Analysis.Tracks;

/// <summary>One reading of the tempo.</summary>
/// <param name="Bpm">Beats a minute.</param>
/// <param name="Weight">How likely, 0..1.</param>
public sealed record TempoCandidate(double Bpm, double Weight);
