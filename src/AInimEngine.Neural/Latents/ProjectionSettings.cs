namespace AInimEngine.Neural.Latents;

/// <summary>How a picture is searched for in a model's latent space.</summary>
public sealed record ProjectionSettings
{
    /// <summary>Steps of gradient descent in all.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>Share of them that one w for all layers gets; the rest goes to W+, where every layer has its own.</summary>
    public double ShareOfW { get; init; } = 0.3;

    /// <summary>Samples of the prior among which the start is the nearest.</summary>
    public int Starts { get; init; } = 200;

    /// <summary>Largest step in W, in typical deviations of w.</summary>
    public double RateW { get; init; } = 0.1;

    /// <summary>Largest step in W+.</summary>
    public double RateWPlus { get; init; } = 0.05;

    /// <summary>Price of leaving W: weight of the mean square distance of W+ from its mean over the layers, in deviations.</summary>
    public double Regularisation { get; init; } = 1e-4;

    /// <summary>Stays in W.</summary>
    public bool OnlyW { get; init; }

    /// <summary>Class of the starts; null for unconditional models.</summary>
    public int? Class { get; init; }

    /// <summary>Seed of starts and of the noise on w.</summary>
    public ulong Seed { get; init; }
}
