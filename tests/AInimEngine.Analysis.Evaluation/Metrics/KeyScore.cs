using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>The MIREX score of a key: 1 for the key itself, less for its neighbours.</summary>
internal static class KeyScore
{
    /// <summary>1 equal, 0.5 a perfect fifth above in the same mode, 0.3 relative, 0.2 parallel, else 0.</summary>
    internal static double Of(KeyEstimate truth, KeyEstimate estimate)
    {
        if (truth.Tonic < 0 || estimate.Tonic < 0)
            return truth.Tonic == estimate.Tonic ? 1 : 0;
        int above = (estimate.Tonic - truth.Tonic + 12) % 12;
        return (above, truth.IsMinor == estimate.IsMinor) switch
        {
            (0, true) => 1,
            (7, true) => 0.5,
            (0, false) => 0.2,
            (9, false) when estimate.IsMinor => 0.3, // C major, A minor
            (3, false) when truth.IsMinor => 0.3, // A minor, C major
            _ => 0,
        };
    }
}
