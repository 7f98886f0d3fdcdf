using System.Globalization;
using AInimEngine.Neural.Models;
using AInimEngine.Training;
using AInimEngine.Training.Reports;
using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Output;

/// <summary>The sentences about a training, shared by terminal and log.</summary>
public static class TrainText
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const int TrendLength = 32;

    /// <summary>What will be done.</summary>
    public static IEnumerable<string> Lines(TrainingPlan plan, bool verbose)
    {
        TrainingSettings settings = plan.Settings;
        foreach (string line in plan.DataLines)
            yield return line;
        string frozen = settings.FrozenBlocks > 0 ? $" and its discriminator, whose first {settings.FrozenBlocks} blocks stay as they are" : "";
        string from = plan.From is { } model ? $", going on from {Path.GetFileName(model)}{frozen}" : "";
        yield return Say($"{plan.Output}: {ArchitectureName.Of(settings.Architecture)} at {settings.Resolution}x{settings.Resolution}{from}; batch {settings.Batch}, width {settings.Width}, {(settings.Bf16 ? "bfloat16" : "single precision")}");
        if (settings.Classes > 0 || settings.CreativeClasses > 0)
            yield return settings.Classes > 0 ? $"{settings.Classes} classes from sub-folders" : $"creative: hard to place among {settings.CreativeClasses} styles";
        string goal = plan.GoalKimg is { } kimg ? Say($"{kimg:0.###} kimg") : PlanText.Duration(plan.GoalSeconds!.Value);
        yield return Say($"about {plan.Estimate.PicturesPerSecond:0.0} pictures a second: {goal}{(plan.GoalKimg is null ? "" : " (thousands of pictures seen)")} is {(plan.GoalKimg is null ? Say($"about {plan.ExpectedSeconds * plan.Estimate.PicturesPerSecond / 1000 + plan.DoneKimg:0.#} kimg (thousands of pictures seen)") : "about " + PlanText.Duration(plan.ExpectedSeconds))}, {PlanText.Bytes(plan.Estimate.MemoryBytes)} of memory and {PlanText.Bytes(plan.Estimate.DiskBytes)} of disk");
        yield return Say($"a measure and a sheet every {plan.MeasureSteps * settings.Batch / 1000.0:0.##} kimg, in {plan.Folder}; Ctrl-C stops and keeps the best");
        if (plan.DoneKimg > 0)
            yield return Say($"continuing at {plan.DoneKimg:0.#} kimg, after {PlanText.Duration(plan.DoneSeconds)}");
        yield return Learning(settings);
        if (!verbose)
            yield break;
        foreach ((string key, string value) in settings.Describe())
            yield return $"  {key}: {value}";
    }

    /// <summary>What was derived for learning, in one line.</summary>
    private static string Learning(TrainingSettings settings)
    {
        string falls = settings.GeneratorRateEnd is { } end ? Say($" falling to {end:0.######} between {settings.GeneratorFallBegin:0.#} and {settings.GeneratorFallEnd:0.#} kimg") : "";
        string options = string.Concat(settings.PathLengthWeight > 0 ? ", path length" : "", settings.Mirror ? ", mirrored" : "", settings.Cutout ? ", cutout" : "");
        string loss = settings.Loss == AdversarialLoss.Relativistic ? "relativistic loss" : "logistic loss";
        return Say($"derived: rates {settings.GeneratorRate:0.######}{falls} and {settings.DiscriminatorRate:0.######}, {loss}, R1 gamma {settings.R1Gamma:0.###} every {settings.R1Every} steps, average over {settings.AverageKimg:0.##} kimg, style mixing {settings.StyleMixing:0.##}{options}, seed {settings.Seed}");
    }

    /// <summary>Where it is, in one line.</summary>
    public static string ProgressLine(TrainingProgress now) =>
        Say($"{now.Activity}: {now.Kimg:0.00} of {now.GoalKimg:0.#} kimg, {now.PicturesPerSecond:0.0} pictures/s, {Left(now)} left, G {now.Losses.Generator:0.00} D {now.Losses.Discriminator:0.00} real sign {now.Losses.RealSign:0.00}");

    /// <summary>A measure, in one line.</summary>
    public static string MeasureLine(TrainingRecord record)
    {
        string line = Say($"{record.Kimg:0.00} kimg after {PlanText.Duration(record.Seconds)}: G {record.Generator:0.00} D {record.Discriminator:0.00} R1 {R1(record.R1)} real sign {record.RealSign:0.00}");
        return record.Quality is { } quality
            ? line + Say($"; distance {quality.SwdMean:0} (floor {quality.FloorMean:0}), memorisation {quality.Memorisation:0.00}, diversity {quality.Diversity:0.00}")
            : line;
    }

    /// <summary>What was made.</summary>
    public static IEnumerable<string> DoneLines(TrainingResult result)
    {
        string quality = result.Best is { } best
            ? Say($", the snapshot at {best.Kimg:0.#} kimg (distance {best.Distance:0}, floor {best.Floor:0}, memorisation {best.Memorisation:0.00}, diversity {best.Diversity:0.00})")
            : "";
        yield return Say($"wrote {result.Output}: {result.Kimg:0.#} kimg in {PlanText.Duration(result.Seconds)}{quality}");
        yield return $"look at {Path.GetRelativePath(Environment.CurrentDirectory, result.Report)}; play it: ainim render song.mp3 --model {result.Output}";
    }

    /// <summary>Distances so far as a row of small bars, the newest last: falling is good.</summary>
    public static string Trend(IReadOnlyList<TrainingRecord> records)
    {
        double[] values = [.. records.Select(record => record.Quality?.SwdMean ?? double.NaN).Where(double.IsFinite).TakeLast(TrendLength)];
        if (values.Length == 0)
            return "";
        double least = values.Min(), range = Math.Max(values.Max() - least, 1e-9);
        return string.Concat(values.Select(value => Bars[(int)Math.Round((value - least) / range * (Bars.Length - 1))]));
    }

    /// <summary>Time left, or "?".</summary>
    public static string Left(TrainingProgress now) => PlanText.Duration(now.SecondsLeft);

    /// <summary>A gradient penalty; nothing where no step had one.</summary>
    public static string R1(double value) => double.IsNaN(value) ? "-" : Say($"{value:0.000}");

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
