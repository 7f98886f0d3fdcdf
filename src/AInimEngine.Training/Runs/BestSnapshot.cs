namespace AInimEngine.Training.Runs;

/// <summary>What is kept of a measure to tell whether a later one is better.</summary>
/// <param name="ImagesSeen">When it was taken.</param>
/// <param name="Distance">Sliced Wasserstein distance, mean over levels, times 1000.</param>
/// <param name="Memorisation">Nearest-neighbour distance to the pictures over theirs among each other; near 0 for copies.</param>
/// <param name="Diversity">Mean distance between generated pictures over that between real ones.</param>
public sealed record BestSnapshot(long ImagesSeen, double Distance, double Memorisation, double Diversity)
{
    /// <summary>Below this, generated pictures count as copies of the training pictures.</summary>
    public const double LeastMemorisation = 0.6;

    /// <summary>Below this, generated pictures count as all alike.</summary>
    public const double LeastDiversity = 0.5;

    /// <summary>Whether it neither copies nor repeats itself.</summary>
    public bool IsSound => Memorisation >= LeastMemorisation && Diversity >= LeastDiversity;

    /// <summary>
    /// Whether this is kept instead of another: a sound one wins over one that is not; among equals the smaller distance.
    /// What cannot be compared (NaN) never wins.
    /// </summary>
    /// <param name="other">What is kept so far; null for nothing.</param>
    public bool IsBetterThan(BestSnapshot? other)
    {
        if (!double.IsFinite(Distance))
            return false;
        if (other is null)
            return true;
        return IsSound == other.IsSound ? Distance < other.Distance : IsSound;
    }
}
