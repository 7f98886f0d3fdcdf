using AInimEngine.Neural.Latents;

namespace AInimEngine.Engine.Explore;

/// <summary>Which picture is to be found in a model.</summary>
public sealed record ProjectionRequest
{
    /// <summary>A picture file; its middle square is taken.</summary>
    public required string Picture { get; init; }

    /// <summary>Name of the favourite that it becomes.</summary>
    public required string Name { get; init; }

    /// <summary>How it is searched for.</summary>
    public ProjectionSettings Settings { get; init; } = new();

    /// <summary>Side of the pictures on the sheet.</summary>
    public int Size { get; init; } = 128;

    /// <summary>The PNG that shows the picture beside what was found.</summary>
    public required string Output { get; init; }
}
