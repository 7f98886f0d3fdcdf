using System.Globalization;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Reports;

/// <summary>Judges a run by its log, in words. Every figure is taken over the last measures, so that one of them says little.</summary>
public static class TrainingVerdict
{
    /// <summary>Mean real sign above which the discriminator overfits; adaptive augmentation aims at 0.6 (Karras et al. 2020).</summary>
    public const double MostRealSign = 0.8;

    /// <summary>Diversity below which pictures collapse; good runs have 0.7 and more.</summary>
    public const double LeastDiversity = 0.5;

    /// <summary>Memorisation ratio below which pictures are copies.</summary>
    public const double LeastMemorisation = 0.6;

    /// <summary>Share of copies that is too much, whatever the median says.</summary>
    public const double MostCopied = 0.2;

    /// <summary>Measures without a better one before it is said that it gets worse.</summary>
    public const int PatientMeasures = 5;

    /// <summary>How much worse than the best the last measures are before it is said.</summary>
    public const double Worse = 1.15;

    /// <summary>Measures that figures are averaged over.</summary>
    private const int Recent = 3;

    /// <summary>What is wrong at the moment, worst first; nothing if all is well.</summary>
    /// <param name="records">The log.</param>
    public static IReadOnlyList<TrainingWarning> Judge(IReadOnlyList<TrainingRecord> records)
    {
        List<TrainingWarning> warnings = [];
        if (records.Count == 0)
            return warnings;
        TrainingRecord last = records[^1];
        if (IsBroken(last.Generator) || IsBroken(last.Discriminator))
            warnings.Add(new(TrainingWarningKind.Diverged, $"Training has failed at step {last.Step}: a loss is no number any more. The best snapshot is kept; begin again with another --seed."));
        double sign = Mean(records, record => record.RealSign);
        if (sign > MostRealSign)
            warnings.Add(new(TrainingWarningKind.Overfits, Say($"The discriminator knows the training pictures by heart (it is sure of {(1 + sign) / 2:P0} of them). More pictures help most; more training does not.")));
        TrainingRecord[] measured = [.. records.Where(record => record.Quality is not null)];
        if (measured.Length == 0)
            return warnings;
        double diversity = Mean(measured, record => record.Quality!.Diversity);
        if (diversity < LeastDiversity)
            warnings.Add(new(TrainingWarningKind.Collapses, Say($"The pictures are too much alike: {diversity:P0} as varied as the training pictures, should be 70% or more. Early on that passes; later, start again from an earlier snapshot or with more pictures.")));
        double memorisation = Mean(measured, record => record.Quality!.Memorisation), copied = Mean(measured, record => record.Quality!.CopiedShare);
        if (memorisation < LeastMemorisation || copied > MostCopied)
            warnings.Add(new(TrainingWarningKind.Copies, Say($"The generator copies training pictures: {copied:P0} of what it makes are near copies (memorisation ratio {memorisation:0.00}, should be above {LeastMemorisation:0.0}). Stop here, or add pictures.")));
        int best = BestMeasure(measured);
        int since = measured.Length - 1 - best;
        double now = Mean(measured, record => record.Quality!.SwdMean);
        if (best >= 0 && since >= PatientMeasures && now > Worse * measured[best].Quality!.SwdMean)
            warnings.Add(new(TrainingWarningKind.GetsWorse, Say($"No better for {since} measures: the best were the pictures at {measured[best].Kimg:0.#} thousand (distance {measured[best].Quality!.SwdMean:0}, now {now:0}). That snapshot is kept; more time may not help.")));
        return warnings;
    }

    /// <summary>The line with the best pictures: least mean sliced Wasserstein distance among those that neither collapse nor copy, else among all; null if none was measured.</summary>
    /// <param name="records">The log.</param>
    public static TrainingRecord? Best(IReadOnlyList<TrainingRecord> records)
    {
        TrainingRecord[] measured = [.. records.Where(record => record.Quality is not null)];
        return BestMeasure(measured) is var best and >= 0 ? measured[best] : null;
    }

    /// <summary>Whether pictures of this quality may be kept as the best: neither all alike nor copies.</summary>
    public static bool IsSound(QualityReport quality) =>
        !(quality.Diversity < LeastDiversity) && !(quality.Memorisation < LeastMemorisation) && !(quality.CopiedShare > MostCopied);

    /// <summary>Which of two snapshots is kept: a sound one wins over one that is not; among equals the smaller distance.</summary>
    /// <param name="isSound">As <see cref="IsSound"/> says.</param>
    /// <param name="distance">Mean sliced Wasserstein distance.</param>
    /// <param name="isOtherSound">Of the other.</param>
    /// <param name="otherDistance">Of the other.</param>
    public static bool IsBetter(bool isSound, double distance, bool isOtherSound, double otherDistance) =>
        isSound == isOtherSound ? distance < otherDistance : isSound;

    private static int BestMeasure(TrainingRecord[] measured)
    {
        int best = -1;
        for (int i = 0; i < measured.Length; i++)
        {
            QualityReport quality = measured[i].Quality!;
            if (!double.IsFinite(quality.SwdMean))
                continue;
            if (best < 0 || IsBetter(IsSound(quality), quality.SwdMean, IsSound(measured[best].Quality!), measured[best].Quality!.SwdMean))
                best = i;
        }
        return best;
    }

    // Every run has losses; only a failed one has none.
    private static bool IsBroken(double loss) => !double.IsFinite(loss);

    private static double Mean(IReadOnlyList<TrainingRecord> records, Func<TrainingRecord, double> value)
    {
        double[] recent = [.. records.TakeLast(Recent).Select(value).Where(double.IsFinite)];
        return recent.Length == 0 ? double.NaN : recent.Average();
    }

    private static string Say(FormattableString text) => text.ToString(s_numbers);

    private static readonly NumberFormatInfo s_numbers = new() { PercentPositivePattern = 1, PercentNegativePattern = 1 };
}
