namespace AInimEngine.Analysis.Spectrum;

/// <summary>A band that a preset asks for.</summary>
/// <param name="Name">What the preset calls it.</param>
/// <param name="From">Lower edge, 20 Hz or more.</param>
/// <param name="To">Upper edge in Hz, at least a bin of the spectrum (23.4 Hz) above the lower and at most 20 kHz.</param>
public sealed record FreeBand(string Name, double From, double To);
