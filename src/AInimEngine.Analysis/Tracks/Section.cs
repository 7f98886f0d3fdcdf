namespace AInimEngine.Analysis.Tracks;

/// <summary>A part of a track. Parts that sound alike share a label.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds; the start of the next section, or the end of the track.</param>
/// <param name="Label">"intro", "A", "B", ..., "outro".</param>
/// <param name="Energy">Mean loudness relative to the loudest section, 0..1.</param>
public sealed record Section(double Start, double End, string Label, double Energy);
