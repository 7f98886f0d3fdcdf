namespace AInimEngine.Neural.Decoding;

/// <summary>One transform of a layer's activations ("network bending"); its amount is a control, "bend.{Id}".</summary>
/// <param name="Id">Lower-case letters, digits, '-' and '_': names the control.</param>
/// <param name="Layer">Latent layer after which it acts.</param>
/// <param name="Operation">What it does.</param>
public sealed record Bend(string Id, int Layer, BendOperation Operation)
{
    /// <summary>Amount when nothing moves it; see <see cref="BendOperation"/>.</summary>
    public float Amount { get; init; }

    /// <summary>
    /// Share of the channels, chosen by <see cref="Seed"/>; 1 for all. A larger share of the same seed holds the smaller
    /// one. Ignored when <see cref="Channels"/> names some.
    /// </summary>
    public float Share { get; init; } = 1;

    /// <summary>Which share, and which noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Chosen channels; empty for a share.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>What the operation needs: see <see cref="BendOperation"/>; 0 where it needs nothing.</summary>
    public float Parameter { get; init; }
}
