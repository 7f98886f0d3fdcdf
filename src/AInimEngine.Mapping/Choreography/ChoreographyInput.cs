namespace AInimEngine.Mapping.Choreography;

/// <summary>What moves the latents in one frame. Levels are 0..1; lengths are image change.</summary>
public readonly ref struct ChoreographyInput
{
    /// <summary>Level of the music.</summary>
    public float Energy { get; init; }

    /// <summary>Strength of an onset in this frame.</summary>
    public float Onset { get; init; }

    /// <summary>Levels of the twelve pitch classes from C on; empty when there are none.</summary>
    public ReadOnlySpan<float> Chroma { get; init; }

    /// <summary>Image change per second at full energy.</summary>
    public float Speed { get; init; }

    /// <summary>-1 back to 1 forward along the path.</summary>
    public float Direction { get; init; }

    /// <summary>How far a full onset pushes all groups.</summary>
    public float Pulse { get; init; }

    /// <summary>How far the harmony pulls.</summary>
    public float Harmony { get; init; }

    /// <summary>How far the fine latents tremble.</summary>
    public float Noise { get; init; }

    /// <summary>The frame's instant; only the trembling depends on it.</summary>
    public double Seconds { get; init; }

    /// <summary>Further push of each group, in the layout's order; empty for none.</summary>
    public ReadOnlySpan<float> Push { get; init; }

    /// <summary>How far the chord draws the latents towards the anchors.</summary>
    public float Chords { get; init; }

    /// <summary>Further push of each layer; empty for none.</summary>
    public ReadOnlySpan<float> LayerPush { get; init; }

    /// <summary>The kind of section that plays, from 0.</summary>
    public int Section { get; init; }

    /// <summary>Beats a minute; 0 where no pulse is trusted.</summary>
    public float Tempo { get; init; }
}
