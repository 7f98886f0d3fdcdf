using AInimEngine.Training.Reports;
using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Output;

/// <summary>--json: plan, progress, measures, warnings and done as events.</summary>
/// <param name="events">Where they go.</param>
public sealed class TrainJson(JsonEvents events) : ITrainDisplay
{
    /// <inheritdoc/>
    public async Task OpenAsync(Func<string> stage, Task opening)
    {
        events.Write("progress", ("stage", "opening"), ("kimg", 0));
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Plan(TrainingPlan plan, bool verbose) => events.Write(
        "plan",
        ("output", plan.Output),
        ("folder", plan.Folder),
        ("pictures", plan.Pictures),
        ("data", plan.DataLines),
        ("settings", plan.Settings.Describe().ToDictionary(entry => entry.Name, entry => entry.Value)),
        ("goalKimg", plan.GoalKimg),
        ("goalSeconds", plan.GoalSeconds),
        ("doneKimg", plan.DoneKimg),
        ("doneSeconds", plan.DoneSeconds),
        ("measureSteps", plan.MeasureSteps),
        ("picturesPerSecond", Number(plan.Estimate.PicturesPerSecond)),
        ("expectedSeconds", Number(plan.ExpectedSeconds)),
        ("memoryBytes", plan.Estimate.MemoryBytes),
        ("diskBytes", plan.Estimate.DiskBytes));

    /// <inheritdoc/>
    public Task FollowAsync(Func<TrainingProgress> progress, Task training) =>
        new TrainFollower(Measured, text => events.Write("warning", ("message", text))).FollowAsync(progress, training, now => events.Write(
            "progress",
            ("stage", now.Activity),
            ("kimg", now.Kimg),
            ("goalKimg", Number(now.GoalKimg)),
            ("done", Number(now.Done)),
            ("seconds", Number(now.Seconds)),
            ("secondsLeft", Number(now.SecondsLeft)),
            ("picturesPerSecond", Number(now.PicturesPerSecond)),
            ("generator", Number(now.Losses.Generator)),
            ("discriminator", Number(now.Losses.Discriminator)),
            ("r1", Number(now.Losses.R1)),
            ("realSign", Number(now.Losses.RealSign)),
            ("memoryBytes", now.MemoryBytes)));

    /// <inheritdoc/>
    public void Done(TrainingResult result) => events.Write(
        "done",
        ("output", result.Output),
        ("kimg", result.Kimg),
        ("seconds", Number(result.Seconds)),
        ("bestKimg", result.Best?.Kimg),
        ("distance", Number(result.Best?.Distance)),
        ("floor", Number(result.Best?.Floor)),
        ("memorisation", Number(result.Best?.Memorisation)),
        ("diversity", Number(result.Best?.Diversity)),
        ("report", result.Report),
        ("stopped", result.IsStopped));

    private void Measured(TrainingRecord record) => events.Write(
        "measure",
        ("step", record.Step),
        ("kimg", record.Kimg),
        ("seconds", Number(record.Seconds)),
        ("generator", Number(record.Generator)),
        ("discriminator", Number(record.Discriminator)),
        ("r1", Number(record.R1)),
        ("realSign", Number(record.RealSign)),
        ("distance", Number(record.Quality?.SwdMean)),
        ("floor", Number(record.Quality?.FloorMean)),
        ("memorisation", Number(record.Quality?.Memorisation)),
        ("diversity", Number(record.Quality?.Diversity)));

    // JSON has no NaN.
    private static double? Number(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 6) : null;
}
