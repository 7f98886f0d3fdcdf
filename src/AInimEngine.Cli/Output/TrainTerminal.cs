using AInimEngine.Training.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AInimEngine.Cli.Output;

/// <summary>A live view of a training on a terminal: where it is, what the figures say, what is wrong.</summary>
public sealed class TrainTerminal : ITrainDisplay
{
    private const int BarWidth = 40;

    /// <inheritdoc/>
    public Task OpenAsync(Func<string> stage, Task opening) =>
        AnsiConsole.Status().StartAsync("opening", async context =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (!opening.IsCompleted)
            {
                await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), opening);
                context.Status(Markup.Escape(stage()));
            }
        });

    /// <inheritdoc/>
    public void Plan(TrainingPlan plan, bool verbose)
    {
        foreach (string line in TrainText.Lines(plan, verbose))
            AnsiConsole.WriteLine(line);
    }

    /// <inheritdoc/>
    public Task FollowAsync(Func<TrainingProgress> progress, Task training) =>
        AnsiConsole.Live(View(progress())).StartAsync(context =>
            new TrainFollower(_ => { }, _ => { }).FollowAsync(progress, training, now => context.UpdateTarget(View(now))));

    /// <inheritdoc/>
    public void Done(TrainingResult result)
    {
        foreach (string line in TrainText.DoneLines(result))
            AnsiConsole.WriteLine(line);
    }

    /// <summary>The view.</summary>
    internal static IRenderable View(TrainingProgress now)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        int full = (int)Math.Round(Math.Clamp(now.Done, 0, 1) * BarWidth);
        Row(grid, now.Activity, FormattableString.Invariant($"{new string('━', full)}{new string('╌', BarWidth - full)} {now.Done * 100:f0} %"));
        Row(grid, "seen", FormattableString.Invariant($"{now.Kimg:0.00} of {now.GoalKimg:0.#} kimg, {now.PicturesPerSecond:0.0} pictures/s"));
        Row(grid, "time", $"{PlanText.Duration(now.Seconds)}, {TrainText.Left(now)} left");
        Row(grid, "losses", FormattableString.Invariant($"generator {now.Losses.Generator:0.00}, discriminator {now.Losses.Discriminator:0.00}, R1 {TrainText.R1(now.Losses.R1)}, real sign {now.Losses.RealSign:0.00}"));
        if (now.Records.Count > 0 && now.Records[^1].Quality is { } quality)
        {
            Row(grid, "distance", FormattableString.Invariant($"{quality.SwdMean:0} (floor {quality.FloorMean:0}) {TrainText.Trend(now.Records)}"));
            Row(grid, "pictures", FormattableString.Invariant($"memorisation {quality.Memorisation:0.00} (copies below 0.6), diversity {quality.Diversity:0.00}"));
        }
        if (now.Best is { } best)
            Row(grid, "best", FormattableString.Invariant($"at {best.Kimg:0.#} kimg, distance {best.Distance:0}"));
        Row(grid, "memory", PlanText.Bytes(now.MemoryBytes));
        if (now.Sheet is { } sheet)
            Row(grid, "sheet", Path.GetRelativePath(Environment.CurrentDirectory, sheet));
        foreach (string text in now.Warnings.Select(warning => warning.Text))
            grid.AddRow(new Markup("[yellow]warning[/]"), new Text(text));
        return grid;
    }

    private static void Row(Grid grid, string label, string value) => grid.AddRow(new Text(label), new Text(value));
}
