using AInimEngine.Engine.Offline;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Cli.Output;

/// <summary>--json: plan, progress and done as events.</summary>
/// <param name="events">Where they go.</param>
public sealed class JsonProgress(JsonEvents events) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public async Task ListenAsync(string track, Task listening)
    {
        events.Write("progress", ("stage", "listening"), ("framesDone", 0), ("frames", null));
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Plan(RenderPlan plan, bool verbose) => events.Write(
        "plan",
        ("output", plan.Output),
        ("frames", plan.FrameCount),
        ("firstFrame", plan.FirstFrame),
        ("fps", plan.Fps.ToString()),
        ("width", plan.Width),
        ("height", plan.Height),
        ("durationSeconds", plan.DurationSeconds),
        ("codec", plan.Codec),
        ("sound", plan.Sound),
        ("preset", plan.Preset),
        ("generator", plan.Generator),
        ("estimatedSeconds", plan.EstimatedSeconds),
        ("estimatedBytes", plan.EstimatedBytes),
        ("freeBytes", plan.FreeBytes));

    /// <inheritdoc/>
    public async Task FollowAsync(Func<RenderProgress> progress, Task render)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!render.IsCompleted)
        {
            await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), render);
            RenderProgress now = progress();
            events.Write(
                "progress",
                ("stage", now.Stage),
                ("framesDone", now.FramesDone),
                ("frames", now.FrameCount),
                ("framesPerSecond", Math.Round(now.FramesPerSecond, 2)),
                ("secondsLeft", double.IsFinite(now.SecondsLeft) ? Math.Round(now.SecondsLeft, 1) : null));
        }
    }

    /// <inheritdoc/>
    public void Done(RenderPlan plan, TimeSpan elapsed, StageTimes times, LimiterRecord limited, bool verbose) => events.Write(
        "done",
        ("output", plan.Output),
        ("frames", plan.FrameCount),
        ("bytes", new FileInfo(plan.Output).Length),
        ("seconds", Math.Round(elapsed.TotalSeconds, 3)),
        ("limitedFrames", limited.Frames),
        ("limited", Enumerable.Range(0, limited.Count).Select(i => new[] { Math.Round(limited[i].Start, 3), Math.Round(limited[i].End, 3) })),
        ("stages", StageTimes.Names.Select((name, i) => (name, times.Seconds((Stage)i))).ToDictionary(p => p.name, p => Math.Round(p.Item2, 3))));
}
