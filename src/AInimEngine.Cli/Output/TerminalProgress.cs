using AInimEngine.Engine.Offline;
using AInimEngine.Rendering.Safety;
using Spectre.Console;

namespace AInimEngine.Cli.Output;

/// <summary>A progress bar with speed, time left and stage, on a terminal.</summary>
public sealed class TerminalProgress : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public Task ListenAsync(string track, Task listening) =>
        AnsiConsole.Status().StartAsync(
            Markup.Escape($"listening to {track}"),
            async _ => await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));

    /// <inheritdoc/>
    public void Plan(RenderPlan plan, bool verbose)
    {
        foreach (string line in PlanText.Lines(plan, verbose))
            AnsiConsole.WriteLine(line);
    }

    /// <inheritdoc/>
    public Task FollowAsync(Func<RenderProgress> progress, Task render) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask("listening");
                using var timer = new PeriodicTimer(Interval);
                while (!render.IsCompleted)
                {
                    await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), render);
                    RenderProgress now = progress();
                    task.MaxValue = Math.Max(1, now.FrameCount);
                    task.Value = now.FramesDone;
                    task.Description = Markup.Escape(PlanText.ShortProgress(now));
                }
            });

    /// <inheritdoc/>
    public void Done(RenderPlan plan, TimeSpan elapsed, StageTimes times, LimiterRecord limited, bool verbose)
    {
        foreach (string line in PlanText.DoneLines(plan, elapsed, times, limited, verbose))
            AnsiConsole.WriteLine(line);
    }
}
