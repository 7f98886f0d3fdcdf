namespace AInimEngine.Rendering.Post;

/// <summary>Which texture a sampler reads.</summary>
internal enum PassSamplerKind
{
    /// <summary>The generator's picture.</summary>
    Source,

    /// <summary>A picture drawn in this frame.</summary>
    Picture,

    /// <summary>What a persistent picture held in the last frame.</summary>
    Previous,

    /// <summary>What a persistent picture held before it was drawn last.</summary>
    Older,

    /// <summary>The noise that grain is made from.</summary>
    Noise,
}
