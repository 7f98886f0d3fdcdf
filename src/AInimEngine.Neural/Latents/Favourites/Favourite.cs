namespace AInimEngine.Neural.Latents.Favourites;

/// <summary>A named point of a model's latent space that somebody liked.</summary>
public sealed record Favourite
{
    /// <summary>Lower-case letters, digits, '-' and '_', at most 64 of them.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Where it is, as it is played (truncation is in it): w [w_dim] for all layers, or W+ [layers, w_dim], row by row.
    /// </summary>
    public required ReadOnlyMemory<float> W { get; init; }

    /// <summary>The seed that it came from; null for mixed and projected points.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The class that it was made with; null for unconditional models.</summary>
    public int? Class { get; init; }

    /// <summary>The truncation that it was made with, 1 for none: for people, W has it already.</summary>
    public double Truncation { get; init; } = 1;

    /// <summary>
    /// Which weights it was found in, the first 16 digits of <see cref="Models.ModelHash"/>; null in older files. A model that
    /// was trained on shows something else at the same place.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>Whether it is known to have been found in other weights.</summary>
    /// <param name="modelHash">Of the model that is asked, as <see cref="Models.ModelHash.Of"/> gives it.</param>
    public bool IsOfOther(string modelHash) => Weights is { } known && !modelHash.StartsWith(known, StringComparison.Ordinal);

    /// <summary>What it came from, for people: "photo.jpg, PSNR 31.2 dB"; null for nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>A small picture, PNG; empty for none.</summary>
    public ReadOnlyMemory<byte> Thumbnail { get; init; }

    /// <summary>The point as W+.</summary>
    /// <param name="layers">Latent layers of the model.</param>
    /// <param name="ws">[layers, w_dim], overwritten.</param>
    /// <exception cref="ArgumentException">It is a point of another shape.</exception>
    public void CopyTo(int layers, Span<float> ws)
    {
        if (W.Length == ws.Length)
        {
            W.Span.CopyTo(ws);
            return;
        }
        if (W.Length * layers != ws.Length)
            throw new ArgumentException($"the favourite '{Name}' has {W.Length} numbers, not {ws.Length} or {ws.Length / Math.Max(1, layers)}", nameof(ws));
        for (int layer = 0; layer < layers; layer++)
            W.Span.CopyTo(ws[(layer * W.Length)..]);
    }
}
