namespace AInimEngine.Rendering.Post;

/// <summary>Which texture a sampler reads.</summary>
internal enum PassSamplerKind
{
    /// <summary>The generator's newest picture.</summary>
    Source,

    /// <summary>The generator's picture before that.</summary>
    Older,

    /// <summary>A picture drawn in this frame.</summary>
    Picture,

    /// <summary>What a persistent picture held in the last frame.</summary>
    Previous,

    /// <summary>The noise that grain is made from.</summary>
    Noise,
}
