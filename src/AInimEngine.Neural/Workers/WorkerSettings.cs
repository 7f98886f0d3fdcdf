using AInimEngine.Core.Errors;

namespace AInimEngine.Neural.Workers;

/// <summary>How a generator's worker process is started, watched and started again.</summary>
/// <param name="Command">Program and arguments of a worker; the path of the shared memory follows as the last one.</param>
public sealed record WorkerSettings(IReadOnlyList<string> Command)
{
    /// <summary>What happens when it is lost.</summary>
    public WorkerLoss Loss { get; init; } = WorkerLoss.Fail;

    /// <summary>Longest time for one picture; a worker that takes longer hangs and is killed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time until a worker is ready.</summary>
    public TimeSpan StartDeadline { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Longest time for the first picture of a size, which may prepare much.</summary>
    public TimeSpan FirstDeadline { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Wait before the second start in a row that failed or was lost soon; the first is at once, every further one waits
    /// twice as long.
    /// </summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between two starts.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time that a worker has to end by itself, once its pipe is closed.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where a worker waits for the next generator; shared by generators whose settings are the same. Null ends it with its generator.</summary>
    public WorkerPool? Pool { get; init; }

    /// <summary>Is told of losses and restarts where the show goes on; null for nobody.</summary>
    public IWarningSink? Warnings { get; init; }

    /// <summary>Wait before a start.</summary>
    /// <param name="failures">Starts in a row that failed, and workers in a row that were lost soon.</param>
    public TimeSpan WaitAfter(int failures) => failures < 2
        ? TimeSpan.Zero
        : TimeSpan.FromTicks((long)Math.Min(FirstBackOff.Ticks * Math.Pow(2, failures - 2), LongestBackOff.Ticks));
}
