namespace AInimEngine.Analysis.Tracks;

/// <summary>One onset.</summary>
/// <param name="Time">Seconds.</param>
/// <param name="Strength">Decades of spectral rise, above 0.</param>
public readonly record struct OnsetMark(double Time, float Strength);
