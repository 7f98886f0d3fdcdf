namespace AInimEngine.Mapping.Choreography;

/// <summary>Draws a point of a generator's prior, as <c>IGenerator.Sample</c> does: the same seed, the same point.</summary>
/// <param name="seed">Any value.</param>
/// <param name="latent">[Layers, Width] floats, overwritten.</param>
public delegate void LatentSampler(ulong seed, Span<float> latent);
