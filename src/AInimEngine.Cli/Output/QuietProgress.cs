using AInimEngine.Engine.Offline;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Cli.Output;

/// <summary>--quiet: says nothing.</summary>
public sealed class QuietProgress : IProgressDisplay
{
    /// <inheritdoc/>
    public async Task ListenAsync(string track, Task listening) =>
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public void Plan(RenderPlan plan, bool verbose)
    {
    }

    /// <inheritdoc/>
    public async Task FollowAsync(Func<RenderProgress> progress, Task render) =>
        await render.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public void Done(RenderPlan plan, TimeSpan elapsed, StageTimes times, LimiterRecord limited, bool verbose)
    {
    }
}
