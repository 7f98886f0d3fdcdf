namespace AInimEngine.Neural.Decoding;

/// <summary>
/// What a <see cref="Bend"/> does to the channels that it takes (after Broad, Leymarie, Grierson 2020). An amount of 0
/// leaves every operation's channels as they are. A channel's typical deviation is measured once by who owns the network.
/// </summary>
public enum BendOperation
{
    /// <summary>
    /// Moves them; amount in picture widths, edges repeated. Parameter: direction in turns, 0 to the right, clockwise, so
    /// 0.25 is down.
    /// </summary>
    Translate,

    /// <summary>Enlarges about the middle, edges repeated; amount 0 leaves, 1 doubles, -1 halves.</summary>
    Scale,

    /// <summary>Turns about the middle, edges repeated; amount in turns, clockwise.</summary>
    Rotate,

    /// <summary>Mirrors left and right; amount blends in.</summary>
    FlipHorizontal,

    /// <summary>Mirrors up and down; amount blends in.</summary>
    FlipVertical,

    /// <summary>Local minimum; amount blends in. Parameter: radius in whole pixels of the layer, 0 for 1.</summary>
    Erode,

    /// <summary>Local maximum; amount blends in. Parameter: radius in whole pixels of the layer, 0 for 1.</summary>
    Dilate,

    /// <summary>Multiplies by 1 + amount.</summary>
    Multiply,

    /// <summary>Adds amount times the channel's typical deviation.</summary>
    Add,

    /// <summary>
    /// Blends to one typical deviation where above the threshold and to 0 elsewhere. Parameter: threshold in typical
    /// deviations.
    /// </summary>
    Threshold,

    /// <summary>Blends to the negative.</summary>
    Invert,

    /// <summary>Blends to zero.</summary>
    Ablate,

    /// <summary>
    /// Adds a seeded map of amount typical deviations, its sign drawn per channel. Parameter: grain, the deviation in
    /// pixels of the layer of the Gaussian that smooths it; 0 for white noise.
    /// </summary>
    Noise,
}
