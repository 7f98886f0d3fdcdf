using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Output;

/// <summary>--quiet: says only what is wrong.</summary>
public sealed class TrainQuiet : ITrainDisplay
{
    /// <inheritdoc/>
    public async Task OpenAsync(Func<string> stage, Task opening) =>
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public void Plan(TrainingPlan plan, bool verbose)
    {
    }

    /// <inheritdoc/>
    public Task FollowAsync(Func<TrainingProgress> progress, Task training) =>
        new TrainFollower(_ => { }, text => Console.Error.WriteLine($"warning: {text}")).FollowAsync(progress, training, _ => { });

    /// <inheritdoc/>
    public void Done(TrainingResult result)
    {
    }
}
