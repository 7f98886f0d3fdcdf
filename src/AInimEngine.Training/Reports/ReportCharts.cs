using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Reports;

/// <summary>The curves of a run.</summary>
internal static class ReportCharts
{
    private const double Mebi = 1 << 20;

    /// <summary>All of them; some may have nothing to draw.</summary>
    public static IEnumerable<LineChart> Of(IReadOnlyList<TrainingRecord> records, TrainingRecord? best)
    {
        double bestX = best?.Kimg ?? double.NaN;
        TrainingRecord[] measured = [.. records.Where(record => record.Quality is not null)];
        yield return Distances(measured) with { BestX = bestX };
        yield return new LineChart("Memorisation", "Ratio: distance to the nearest training picture, over that between training pictures. Copies: share of pictures much nearer to one training picture than to the next.",
            [Curve("ratio", 0, measured, quality => quality.Memorisation), Curve("copies", 1, measured, quality => quality.CopiedShare)])
        { Marks = [new("copies below", TrainingVerdict.LeastMemorisation)], BestX = bestX };
        yield return new LineChart("Variety", "Against the training pictures: how far apart two pictures are, how much pixels vary.",
            [Curve("distance", 0, measured, quality => quality.Diversity), Curve("pixels", 2, measured, quality => quality.PixelDeviation)])
        { Marks = [new("collapse below", TrainingVerdict.LeastDiversity), new("as varied", 1)], BestX = bestX };
        yield return new LineChart("Precision and recall", "Share of pictures that look like training pictures, and share of those that could have been made.",
            [Curve("precision", 0, measured, quality => quality.Precision), Curve("recall", 1, measured, quality => quality.Recall)]) { BestX = bestX };
        yield return new LineChart("Losses", "They need not fall: each network's loss depends on how good the other is.",
            [Curve("generator", 0, records, record => record.Generator), Curve("discriminator", 1, records, record => record.Discriminator), Curve("style", 3, records, record => record.Creative)]);
        yield return new LineChart("Real sign", "How sure the discriminator is of training pictures: near 1 it knows them by heart.",
            [Curve("mean sign", 3, records, record => record.RealSign)]) { Marks = [new("overfits above", TrainingVerdict.MostRealSign)] };
        yield return new LineChart("Gradient on training pictures (R1)", "Mean square; the penalty keeps it small.", [Curve("R1", 4, records, record => record.R1)]) { IsLogarithmic = true };
        yield return new LineChart("Speed", "Pictures a second.", [Curve("speed", 2, records, record => record.PicturesPerSecond)]);
        yield return new LineChart("Memory", "Of the whole process, MB.", [Curve("memory", 4, records, record => record.MemoryBytes > 0 ? record.MemoryBytes / Mebi : double.NaN)]);
    }

    private static LineChart Distances(TrainingRecord[] measured)
    {
        int levels = measured.Length == 0 ? 0 : measured[^1].Quality!.Swd.Count;
        List<ChartSeries> series = [Curve("mean", 0, measured, quality => quality.SwdMean)];
        for (int level = 0; level < levels; level++)
        {
            int index = level;
            series.Add(Curve($"{16 << (levels - 1 - level)} px", 1 + level % 4, measured, quality => index < quality.Swd.Count ? quality.Swd[index] : double.NaN, isFaint: true));
        }
        double floor = measured.Length == 0 ? double.NaN : measured[^1].Quality!.FloorMean;
        return new LineChart("Distance from the training pictures", "Sliced Wasserstein distance, times 1000; the floor is one half of the training pictures against the other.", series)
        {
            IsLogarithmic = true,
            Marks = double.IsFinite(floor) ? [new("floor", floor), new("3 x floor", 3 * floor)] : [],
        };
    }

    private static ChartSeries Curve(string name, int color, IReadOnlyList<TrainingRecord> records, Func<QualityReport, double> value, bool isFaint = false) =>
        new(name, [.. records.Select(record => (record.Kimg, record.Quality is { } quality ? value(quality) : double.NaN))], color, isFaint);

    private static ChartSeries Curve(string name, int color, IReadOnlyList<TrainingRecord> records, Func<TrainingRecord, double> value) =>
        new(name, [.. records.Select(record => (record.Kimg, value(record)))], color);
}
