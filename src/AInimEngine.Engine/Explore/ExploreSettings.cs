using AInimEngine.Neural;

namespace AInimEngine.Engine.Explore;

/// <summary>Which model is explored, and how points are made from seeds.</summary>
public sealed record ExploreSettings
{
    /// <summary>Name or path.</summary>
    public required string Model { get; init; }

    /// <summary>0 the mean, 1 untouched.</summary>
    public double Truncation { get; init; } = 0.7;

    /// <summary>How many layers are truncated; null for all.</summary>
    public int? Cutoff { get; init; }

    /// <summary>Name or number of a class; null for the first.</summary>
    public string? Class { get; init; }

    /// <summary>File of favourites; null for the user's own of that model.</summary>
    public string? Favourites { get; init; }

    /// <summary>Where the network runs.</summary>
    public Device Device { get; init; } = Device.Cpu;
}
