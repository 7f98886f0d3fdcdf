namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>
/// Continuity measures of Hainsworth and Klapuri: an estimated beat is right if it is near a true beat that no other has
/// taken, and as far from its neighbour as that beat is from its own, both within 17.5 % of the true interval.
/// </summary>
internal static class Continuity
{
    private const double Tolerance = 0.175;

    /// <summary>Longest run of right beats, and all right beats, over the larger of both counts.</summary>
    internal static (double Longest, double Total) Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate)
    {
        if (truth.Length < 2 || estimate.Length < 2)
            return (0, 0);
        var taken = new bool[truth.Length];
        int run = 0, longest = 0, total = 0;
        for (int e = 0; e < estimate.Length; e++)
        {
            int t = Nearest.To(truth, estimate[e]);
            if (!taken[t] && IsRight(truth, t, estimate, e))
            {
                taken[t] = true;
                total++;
                longest = Math.Max(longest, ++run);
            }
            else
                run = 0;
        }
        double count = Math.Max(truth.Length, estimate.Length);
        return (longest / count, total / count);
    }

    private static bool IsRight(ReadOnlySpan<double> truth, int t, ReadOnlySpan<double> estimate, int e)
    {
        // The first of either has no neighbour before it: look ahead, each as far as there is one.
        bool ahead = e == 0 || t == 0;
        double trueInterval = Interval(truth, t, ahead), estimatedInterval = Interval(estimate, e, ahead);
        return trueInterval > 0
            && Math.Abs(estimate[e] - truth[t]) / trueInterval < Tolerance
            && Math.Abs(1 - estimatedInterval / trueInterval) < Tolerance;
    }

    private static double Interval(ReadOnlySpan<double> beats, int i, bool ahead) =>
        ahead && i + 1 < beats.Length ? beats[i + 1] - beats[i] : beats[i] - beats[i - 1];
}
