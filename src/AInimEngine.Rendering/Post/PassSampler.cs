namespace AInimEngine.Rendering.Post;

/// <summary>A texture that a pass reads.</summary>
/// <param name="Name">The sampler's name in the program.</param>
/// <param name="Kind">Which texture.</param>
/// <param name="Texture">The picture between passes, for <see cref="PassSamplerKind.Picture"/> and <see cref="PassSamplerKind.Previous"/>.</param>
internal sealed record PassSampler(string Name, PassSamplerKind Kind, ChainTexture? Texture = null);
