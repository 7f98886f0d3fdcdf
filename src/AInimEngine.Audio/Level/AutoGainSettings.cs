namespace AInimEngine.Audio.Level;

/// <summary>How the level of a live sound is set. Levels are RMS over both channels in dB below full scale: a sine of amplitude 1 has -3.</summary>
public sealed record AutoGainSettings
{
    /// <summary>A gain by hand in dB, -60 to 60; null for an automatic one.</summary>
    public float? FixedDb { get; init; }

    /// <summary>Where the automatic gain brings the sound to, dBFS, -40 to -6: about what mastered music has.</summary>
    public float TargetDb { get; init; } = -18;

    /// <summary>The highest automatic gain, dB, 0 to 60.</summary>
    public float CeilingDb { get; init; } = 36;

    /// <summary>The lowest automatic gain, dB, -60 to 0.</summary>
    public float FloorDb { get; init; } = -24;

    /// <summary>How long the automatic gain takes for 63 % of the way, seconds, 0.1 to 60.</summary>
    public float Seconds { get; init; } = 4;

    /// <summary>Below this level it is silent: the gain stands still, and nothing is amplified. dBFS.</summary>
    public float CloseDb { get; init; } = -60;

    /// <summary>Above this level it is no longer silent. dBFS, above <see cref="CloseDb"/>.</summary>
    public float OpenDb { get; init; } = -55;

    /// <summary>No sample leaves louder than this. dBFS of a sample.</summary>
    public float LimitDb { get; init; } = -0.5f;
}
