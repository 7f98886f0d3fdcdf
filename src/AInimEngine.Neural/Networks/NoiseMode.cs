namespace AInimEngine.Neural.Networks;

/// <summary>Where the noise of SG2's layers comes from. SM has none and ignores it.</summary>
public enum NoiseMode
{
    /// <summary>The maps that the model was saved with.</summary>
    Const,

    /// <summary>No noise.</summary>
    None,

    /// <summary>Maps drawn from a seed.</summary>
    Seeded,

    /// <summary>A slow turn between two sets of seeded maps of constant variance: cos(p) a + sin(p) b.</summary>
    Driven,
}
