using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// A transform of a layer's activations that a preset asks for; the target "bend.{Id}" moves its amount. Which operations
/// there are and what they need, the generator knows.
/// </summary>
/// <param name="Id">Names the target.</param>
/// <param name="Operation">As the preset writes it, e.g. "rotate".</param>
public sealed record BendSettings(string Id, string Operation)
{
    /// <summary>Latent layer after which it acts; null when <see cref="Group"/> names its place.</summary>
    public int? Layer { get; init; }

    /// <summary>"coarse", "mid" or "fine": it acts after the group's last layer. Null when <see cref="Layer"/> names its place.</summary>
    public string? Group { get; init; }

    /// <summary>Amount when nothing moves it.</summary>
    public float Amount { get; init; } = MappingParameters.Row("bend.amount").Default;

    /// <summary>Share of the channels, 0..1.</summary>
    public float Share { get; init; } = MappingParameters.Row("bend.share").Default;

    /// <summary>Which share, and which noise.</summary>
    public int Seed { get; init; }

    /// <summary>Chosen channels; empty for a share.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>What the operation needs beside the amount.</summary>
    public float Parameter { get; init; }

    /// <summary>Where it stands in the preset.</summary>
    public TextPosition At { get; init; }
}
