namespace AInimEngine.Analysis.Features;

/// <summary>How the hops that lie in a picture frame become its one value.</summary>
public enum Averaging
{
    /// <summary>Computed from the frame's own samples, not from hops.</summary>
    Samples,

    /// <summary>Mean over time.</summary>
    Mean,

    /// <summary>Root of the mean square over time: amplitudes whose power adds up.</summary>
    Power,

    /// <summary>Mean weighted with the power of the hop's spectrum, so that silence in a frame has no say.</summary>
    Weighted,

    /// <summary>The strongest onset that begins in the frame.</summary>
    Strongest,
}
