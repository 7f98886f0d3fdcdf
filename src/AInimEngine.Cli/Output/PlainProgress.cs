using AInimEngine.Engine.Offline;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Cli.Output;

/// <summary>For logs and pipes: a line now and then, no colours, no cursor movement.</summary>
public sealed class PlainProgress : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task ListenAsync(string track, Task listening)
    {
        // Only worth a line where it takes a while.
        if (await Task.WhenAny(listening, Task.Delay(Interval)) != listening)
            Console.Out.WriteLine($"listening to {track}");
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Plan(RenderPlan plan, bool verbose)
    {
        foreach (string line in PlanText.Lines(plan, verbose))
            Console.Out.WriteLine(line);
    }

    /// <inheritdoc/>
    public async Task FollowAsync(Func<RenderProgress> progress, Task render)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!render.IsCompleted)
        {
            Task<bool> tick = timer.WaitForNextTickAsync().AsTask();
            await Task.WhenAny(tick, render);
            if (!render.IsCompleted)
                Console.Out.WriteLine(PlanText.ProgressLine(progress()));
            else
                return;
        }
    }

    /// <inheritdoc/>
    public void Done(RenderPlan plan, TimeSpan elapsed, StageTimes times, LimiterRecord limited, bool verbose)
    {
        foreach (string line in PlanText.DoneLines(plan, elapsed, times, limited, verbose))
            Console.Out.WriteLine(line);
    }
}
