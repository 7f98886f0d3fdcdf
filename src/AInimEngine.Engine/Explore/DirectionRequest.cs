namespace AInimEngine.Engine.Explore;

/// <summary>Which directions somebody wants to see.</summary>
public sealed record DirectionRequest
{
    /// <summary>"sefa" or "ganspace".</summary>
    public required string Method { get; init; }

    /// <summary>Of each band.</summary>
    public int Count { get; init; } = 8;

    /// <summary>The middle of the strips.</summary>
    public required LatentPoint Point { get; init; }

    /// <summary>Side of a picture, pixels.</summary>
    public int Size { get; init; } = 128;

    /// <summary>"x.png" makes x-coarse.png, x-mid.png, x-fine.png and x.json.</summary>
    public required string Output { get; init; }

    /// <summary>Replace files that exist.</summary>
    public bool Overwrite { get; init; }
}
