namespace AInimEngine.Rendering.Post;

/// <summary>What one draw does, before it is compiled.</summary>
/// <param name="Name">For people: "displace+feedback".</param>
/// <param name="Stages">Stages fused into it, in order.</param>
/// <param name="Input">The picture that the first stage reads; null for the generator's picture.</param>
/// <param name="Target">What it draws; null for the output.</param>
/// <param name="Width">Target width in pixels.</param>
/// <param name="Height">Target height in pixels.</param>
/// <param name="Role">What the pass does beside its stages.</param>
/// <param name="Function">For buffers, the function of the single stage that draws it.</param>
internal sealed record ChainPassPlan(
    string Name,
    IReadOnlyList<ChainStage> Stages,
    ChainTexture? Input,
    ChainTexture? Target,
    int Width,
    int Height,
    ChainPassRole Role,
    string? Function = null);
