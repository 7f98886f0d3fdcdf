namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>How well estimated instants match true ones.</summary>
/// <param name="Matches">Pairs.</param>
/// <param name="TrueCount">True instants.</param>
/// <param name="EstimatedCount">Estimated instants.</param>
internal readonly record struct EventScore(int Matches, int TrueCount, int EstimatedCount)
{
    public double Precision => EstimatedCount == 0 ? 0 : (double)Matches / EstimatedCount;

    public double Recall => TrueCount == 0 ? 0 : (double)Matches / TrueCount;

    /// <summary>Harmonic mean of precision and recall, 0..1.</summary>
    public double F => Matches == 0 ? 0 : 2.0 * Matches / (TrueCount + EstimatedCount);

    /// <summary>
    /// Pairs instants one to one, as many as possible, none further apart than <paramref name="window"/> seconds. Both lists
    /// rise, so taking the first pair that fits is optimal: leaving it never frees a partner for two others.
    /// </summary>
    internal static EventScore Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate, double window)
    {
        int matches = 0;
        for (int t = 0, e = 0; t < truth.Length && e < estimate.Length;)
        {
            double late = estimate[e] - truth[t];
            if (Math.Abs(late) <= window)
            {
                matches++;
                t++;
                e++;
            }
            else if (late < 0)
                e++;
            else
                t++;
        }
        return new(matches, truth.Length, estimate.Length);
    }
}
