namespace AInimEngine.Neural.Decoding;

/// <summary>What a <see cref="Bend"/> does to the channels that it takes (after Broad, Leymarie, Grierson 2020).</summary>
public enum BendOperation
{
    /// <summary>Moves them; amount in picture widths along the bend's angle, edges repeated.</summary>
    Translate,

    /// <summary>Enlarges about the middle; amount 0 leaves, 1 doubles, -1 halves.</summary>
    Scale,

    /// <summary>Turns about the middle; amount in turns.</summary>
    Rotate,

    /// <summary>Mirrors left and right; amount blends in.</summary>
    FlipHorizontal,

    /// <summary>Mirrors up and down; amount blends in.</summary>
    FlipVertical,

    /// <summary>Local minimum; amount blends in, radius by the bend.</summary>
    Erode,

    /// <summary>Local maximum; amount blends in, radius by the bend.</summary>
    Dilate,

    /// <summary>Multiplies by 1 + amount.</summary>
    Multiply,

    /// <summary>Adds amount times the channel's typical deviation.</summary>
    Add,

    /// <summary>Blends to 1 where above the bend's threshold and 0 elsewhere, in typical deviations.</summary>
    Threshold,

    /// <summary>Blends to the negative.</summary>
    Invert,

    /// <summary>Blends to zero.</summary>
    Ablate,

    /// <summary>Adds seeded noise of amount typical deviations.</summary>
    Noise,
}
