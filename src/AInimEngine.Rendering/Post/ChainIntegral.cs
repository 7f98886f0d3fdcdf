namespace AInimEngine.Rendering.Post;

/// <summary>A phase that grows by a parameter's value every second.</summary>
/// <param name="Id">"{stage id}.{name}".</param>
/// <param name="Speed">Where its speed comes from.</param>
internal sealed record ChainIntegral(string Id, ValueSource Speed);
