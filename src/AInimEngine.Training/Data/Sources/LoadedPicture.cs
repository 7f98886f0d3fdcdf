namespace AInimEngine.Training.Data.Sources;

/// <summary>What is known of a picture once it lies in its place; or why it does not.</summary>
internal sealed record LoadedPicture
{
    /// <summary>Path below the folder, or a film's time.</summary>
    public required string Name { get; init; }

    /// <summary>Its class, or -1.</summary>
    public int Label { get; init; } = -1;

    /// <summary>Why it cannot be used; null if it can.</summary>
    public string? Trouble { get; init; }

    /// <summary>Shorter side of the original, pixels.</summary>
    public int Side { get; init; }

    /// <summary>Whether the backdrop shows.</summary>
    public bool IsTransparent { get; init; }

    /// <summary>Whether its profile was another than sRGB and was followed.</summary>
    public bool IsConverted { get; init; }

    /// <summary>Whether its profile could not be followed.</summary>
    public bool IsProfileIgnored { get; init; }

    /// <summary>Hash of the pixels.</summary>
    public ulong Hash { get; init; }

    /// <summary>What it looks like, roughly; none if it cannot be used.</summary>
    public Sorting.Likeness Likeness { get; init; }

    /// <summary>What decides its style, see <see cref="Sorting.StyleFeatures"/>; empty unless asked for.</summary>
    public float[] Style { get; init; } = [];
}
