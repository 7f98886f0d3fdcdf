namespace AInimEngine.Analysis.Tracks;

/// <summary>Evenly spaced values over time.</summary>
/// <param name="Rate">Values a second; value i stands for the instant i / rate.</param>
/// <param name="Values">The values.</param>
public sealed record Curve(double Rate, IReadOnlyList<float> Values);
