namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>Finds instants in rising lists.</summary>
internal static class Nearest
{
    /// <summary>Index of the instant nearest to <paramref name="time"/>, the earlier of two equally near; the list is not empty.</summary>
    internal static int To(ReadOnlySpan<double> instants, double time)
    {
        int next = instants.BinarySearch(time);
        if (next >= 0)
            return next;
        next = ~next;
        if (next == 0)
            return 0;
        if (next == instants.Length)
            return next - 1;
        return instants[next] - time < time - instants[next - 1] ? next : next - 1;
    }
}
