using AInimEngine.Engine.Offline;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Cli.Output;

/// <summary>Shows a render to whoever watches: a terminal, a log file, or a program.</summary>
public interface IProgressDisplay
{
    /// <summary>Says that the track is being listened to, until that ends, however it ends; does not throw its errors.</summary>
    Task ListenAsync(string track, Task listening);

    /// <summary>Says what will be made, before it is.</summary>
    void Plan(RenderPlan plan, bool verbose);

    /// <summary>Follows the render until it ends, however it ends; does not throw the render's errors.</summary>
    Task FollowAsync(Func<RenderProgress> progress, Task render);

    /// <summary>Says what was made.</summary>
    void Done(RenderPlan plan, TimeSpan elapsed, StageTimes times, LimiterRecord limited, bool verbose);
}
