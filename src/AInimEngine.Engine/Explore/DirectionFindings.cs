using AInimEngine.Neural.Latents;

namespace AInimEngine.Engine.Explore;

/// <summary>What a search for directions found.</summary>
/// <param name="Directions">Band by band, strongest first.</param>
/// <param name="Files">What was written.</param>
/// <param name="FindingSeconds">Time of the factorisation alone.</param>
public sealed record DirectionFindings(IReadOnlyList<LatentDirection> Directions, IReadOnlyList<string> Files, double FindingSeconds);
