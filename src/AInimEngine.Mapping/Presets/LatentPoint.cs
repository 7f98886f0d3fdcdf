using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>A point of the latent space that a preset names: a favourite by name, or a point of the generator's prior by seed.</summary>
/// <param name="Name">Name of a favourite; null for a seed.</param>
/// <param name="Seed">Seed for the prior.</param>
/// <param name="At">Where it stands in the preset.</param>
public sealed record LatentPoint(string? Name, ulong Seed, TextPosition At = default);
