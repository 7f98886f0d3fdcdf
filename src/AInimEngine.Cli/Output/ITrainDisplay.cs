using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Output;

/// <summary>Shows a training to whoever watches: a terminal, a log file, or a program.</summary>
public interface ITrainDisplay
{
    /// <summary>Says what is prepared, until that ends, however it ends; does not throw its errors.</summary>
    Task OpenAsync(Func<string> stage, Task opening);

    /// <summary>Says what will be done, before it is.</summary>
    void Plan(TrainingPlan plan, bool verbose);

    /// <summary>Follows the training until it ends, however it ends; does not throw its errors.</summary>
    Task FollowAsync(Func<TrainingProgress> progress, Task training);

    /// <summary>Says what was made.</summary>
    void Done(TrainingResult result);
}
