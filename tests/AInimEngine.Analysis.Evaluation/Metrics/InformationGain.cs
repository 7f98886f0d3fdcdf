namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>
/// Information gain of Davies, Degara and Plumbley ("Measuring the performance of beat tracking algorithms using a beat
/// error histogram", IEEE Signal Processing Letters 18(3), 2011): how far the histogram of beat errors, each relative to
/// its interval, is from flat.
/// </summary>
internal static class InformationGain
{
    private const int Bins = 41;

    /// <summary>0 (any beats would do) to 1 (all errors in one bin), the worse of both directions.</summary>
    internal static double Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate)
    {
        if (truth.Length < 2 || estimate.Length < 2)
            return 0;
        double flat = Math.Log2(Bins);
        return (flat - Math.Max(Entropy(truth, estimate), Entropy(estimate, truth))) / flat;
    }

    private static double Entropy(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate)
    {
        Span<int> histogram = stackalloc int[Bins];
        histogram.Clear();
        foreach (double beat in estimate)
        {
            double error = RelativeError(truth, beat);
            error -= Math.Ceiling(error - 0.5); // into (-0.5, 0.5]
            histogram[Math.Clamp((int)((error + 0.5) * Bins), 0, Bins - 1)]++;
        }
        double entropy = 0;
        foreach (int count in histogram)
        {
            double share = (double)count / estimate.Length;
            entropy -= count == 0 ? 0 : share * Math.Log2(share);
        }
        return entropy;
    }

    /// <summary>Distance to the nearest true beat, relative to the true interval on that side.</summary>
    private static double RelativeError(ReadOnlySpan<double> truth, double beat)
    {
        int t = Nearest.To(truth, beat);
        double error = beat - truth[t];
        bool last = t == truth.Length - 1, before = last || (error < 0 && t > 0);
        return error / (before ? truth[t] - truth[t - 1] : truth[t + 1] - truth[t]);
    }
}
