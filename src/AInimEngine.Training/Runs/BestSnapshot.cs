using AInimEngine.Training.Measures;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Runs;

/// <summary>The snapshot that a run keeps, and what it was measured as. Immutable.</summary>
/// <param name="Kimg">When it was taken, thousands of pictures seen.</param>
/// <param name="Distance">Sliced Wasserstein distance, mean over levels, times 1000.</param>
/// <param name="Floor">The same between halves of the training pictures.</param>
/// <param name="Memorisation">Nearest-neighbour distance to the pictures over theirs among each other; near 0 for copies.</param>
/// <param name="Diversity">Mean distance between generated pictures over that between training pictures.</param>
/// <param name="IsSound">Whether it neither copies nor repeats itself.</param>
public sealed record BestSnapshot(double Kimg, double Distance, double Floor, double Memorisation, double Diversity, bool IsSound)
{
    /// <summary>What a measure says of a snapshot.</summary>
    /// <param name="kimg">When it was taken.</param>
    /// <param name="quality">How it was measured.</param>
    public static BestSnapshot Of(double kimg, QualityReport quality) =>
        new(kimg, quality.SwdMean, quality.FloorMean, quality.Memorisation, quality.Diversity, TrainingVerdict.IsSound(quality));

    /// <summary>
    /// Whether this is kept instead of another: a sound one wins over one that is not; among equals the smaller distance.
    /// What has no distance never wins.
    /// </summary>
    /// <param name="other">What is kept so far; null for nothing.</param>
    public bool IsBetterThan(BestSnapshot? other)
    {
        if (!double.IsFinite(Distance))
            return false;
        return other is null || TrainingVerdict.IsBetter(IsSound, Distance, other.IsSound, other.Distance);
    }
}
