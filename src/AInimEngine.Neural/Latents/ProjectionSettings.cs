namespace AInimEngine.Neural.Latents;

/// <summary>How a picture is searched for in a model's latent space.</summary>
public sealed record ProjectionSettings
{
    /// <summary>Steps of the descent that finds it, at least 1; a step is one picture and its gradient.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>How many places it is tried from, at least 1: the mean, and samples half-way to it.</summary>
    public int Candidates { get; init; } = 8;

    /// <summary>Share of the steps that each of them gets; only the nearest goes on.</summary>
    public double ShareOfTrials { get; init; } = 0.12;

    /// <summary>Price of leaving W: weight of the mean square distance of W+ from its mean over the layers, in deviations.</summary>
    public double Regularisation { get; init; } = 1e-5;

    /// <summary>Stays in W: one w for all layers.</summary>
    public bool OnlyW { get; init; }

    /// <summary>Class of the starts; null for unconditional models.</summary>
    public int? Class { get; init; }

    /// <summary>Seed of the starts.</summary>
    public ulong Seed { get; init; }
}
