namespace AInimEngine.Rendering.Post;

/// <summary>A picture between passes, 16-bit float, before it is allocated.</summary>
/// <param name="Name">For people and saved state: "feedback", "bloom.down".</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Persistent">True when the next frame reads it, so there are two that take turns.</param>
internal sealed record ChainTexture(string Name, int Width, int Height, bool Persistent = false);
