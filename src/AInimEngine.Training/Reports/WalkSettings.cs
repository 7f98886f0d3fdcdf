using AInimEngine.Core.Time;

namespace AInimEngine.Training.Reports;

/// <summary>How a walk through latent space is filmed.</summary>
public sealed record WalkSettings
{
    /// <summary>Length of the loop, seconds.</summary>
    public double Seconds { get; init; } = 12;

    /// <summary>Frames a second.</summary>
    public Rational Fps { get; init; } = new(30, 1);

    /// <summary>Pictures that the walk passes, each at the same distance in time.</summary>
    public int Stations { get; init; } = 6;

    /// <summary>Smallest width and height; smaller models are enlarged by a whole factor.</summary>
    public int LeastSize { get; init; } = 256;

    /// <summary>How far from the mean of w the stations may lie: 1 all of the prior, less is calmer and more typical.</summary>
    public double Truncation { get; init; } = 0.8;

    /// <summary>Which stations.</summary>
    public ulong Seed { get; init; } = 1;
}
