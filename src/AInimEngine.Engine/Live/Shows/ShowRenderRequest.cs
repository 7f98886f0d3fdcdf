using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>What somebody wants of a logged show.</summary>
public sealed record ShowRenderRequest
{
    /// <summary>The folder that the show was logged to.</summary>
    public required string Show { get; init; }

    /// <summary>The video to make; its extension chooses the container.</summary>
    public required string Output { get; init; }

    /// <summary>Pixels across, even, 16 to 8192; null for the show's.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels down, even, 16 to 8192; null for the show's.</summary>
    public int? Height { get; init; }

    /// <summary>Frames a second; null for the show's.</summary>
    public Rational? Fps { get; init; }

    /// <summary>As <see cref="Offline.RenderRequest.Codec"/>.</summary>
    public string? Codec { get; init; }

    /// <summary>Title tag; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Artist tag; null for none.</summary>
    public string? Artist { get; init; }

    /// <summary>A killed render loses at most so much.</summary>
    public double SegmentSeconds { get; init; } = 5;

    /// <summary>Replace the output if it exists.</summary>
    public bool Overwrite { get; init; }
}
