namespace AInimEngine.Neural.Latents;

/// <summary>Directions of a model, as a file holds them.</summary>
/// <param name="Model">Name of the model that they were found in.</param>
/// <param name="WDim">Length of each vector.</param>
/// <param name="Directions">Names are unique.</param>
public sealed record DirectionList(string Model, int WDim, IReadOnlyList<LatentDirection> Directions);
