namespace AInimEngine.Analysis.Features;

/// <summary>How the range that becomes 0..1 is found in a track.</summary>
public enum RangeRule
{
    /// <summary>Between a low and a high percentile of the frames that are not silent.</summary>
    Percentile,

    /// <summary>From zero to the strength of a typical strong onset: the quantile of onsets, each counted with its square.</summary>
    Onsets,

    /// <summary>From an even spread over the classes (1/12) to a high percentile of the largest class; one range for all.</summary>
    Classes,

    /// <summary>Always from the smallest to the largest raw value.</summary>
    Fixed,
}
