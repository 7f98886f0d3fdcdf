namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>
/// How well estimated beats match true ones: the measures of Davies, Degara and Plumbley, "Evaluation methods for musical
/// audio beat tracking algorithms" (C4DM-TR-09-06, 2009), in the variants that mir_eval computes. All 0..1.
/// </summary>
/// <param name="F">F-measure, 70 ms window.</param>
/// <param name="TolerantF">The best F over the metrical levels of <see cref="BeatLevels"/>.</param>
/// <param name="Cemgil">Gaussian accuracy, sigma 40 ms.</param>
/// <param name="TolerantCemgil">The best of it over the levels.</param>
/// <param name="CmlContinuous">Longest correct run at the true level.</param>
/// <param name="CmlTotal">All correct runs at the true level.</param>
/// <param name="AmlContinuous">Longest correct run at the best level.</param>
/// <param name="AmlTotal">All correct runs at the best level.</param>
/// <param name="InformationGain">Of the histogram of beat errors, by its largest value.</param>
internal sealed record BeatScore(
    double F, double TolerantF, double Cemgil, double TolerantCemgil, double CmlContinuous, double CmlTotal,
    double AmlContinuous, double AmlTotal, double InformationGain)
{
    /// <summary>Beats before this are dropped: listeners and trackers need time to find the pulse. Seconds.</summary>
    internal const double FirstSecond = 5;

    private const double Window = 0.07;

    /// <summary>Scores estimated beats; both lists are in seconds and rise.</summary>
    internal static BeatScore Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate)
    {
        truth = Trim(truth);
        estimate = Trim(estimate);
        double[][] levels = BeatLevels.Of(truth);
        double tolerantF = 0, tolerantCemgil = 0, amlContinuous = 0, amlTotal = 0;
        double f = 0, cemgil = 0, cmlContinuous = 0, cmlTotal = 0;
        for (int level = 0; level < levels.Length; level++)
        {
            double levelF = EventScore.Of(levels[level], estimate, Window).F;
            double levelCemgil = CemgilAccuracy.Of(levels[level], estimate);
            (double continuous, double total) = Continuity.Of(levels[level], estimate);
            if (level == 0)
                (f, cemgil, cmlContinuous, cmlTotal) = (levelF, levelCemgil, continuous, total);
            tolerantF = Math.Max(tolerantF, levelF);
            tolerantCemgil = Math.Max(tolerantCemgil, levelCemgil);
            amlContinuous = Math.Max(amlContinuous, continuous);
            amlTotal = Math.Max(amlTotal, total);
        }
        return new(f, tolerantF, cemgil, tolerantCemgil, cmlContinuous, cmlTotal, amlContinuous, amlTotal,
            Metrics.InformationGain.Of(truth, estimate));
    }

    /// <summary>The mean of several tracks, each measure by itself.</summary>
    internal static BeatScore Mean(IReadOnlyCollection<BeatScore> scores) => new(
        scores.Average(s => s.F), scores.Average(s => s.TolerantF), scores.Average(s => s.Cemgil), scores.Average(s => s.TolerantCemgil),
        scores.Average(s => s.CmlContinuous), scores.Average(s => s.CmlTotal), scores.Average(s => s.AmlContinuous),
        scores.Average(s => s.AmlTotal), scores.Average(s => s.InformationGain));

    internal static ReadOnlySpan<double> Trim(ReadOnlySpan<double> beats)
    {
        int first = 0;
        while (first < beats.Length && beats[first] < FirstSecond)
            first++;
        return beats[first..];
    }
}
