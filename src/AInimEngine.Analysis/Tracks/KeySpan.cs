namespace AInimEngine.Analysis.Tracks;

/// <summary>A key that holds for a while.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Key">The key.</param>
public sealed record KeySpan(double Start, double End, KeyEstimate Key);
