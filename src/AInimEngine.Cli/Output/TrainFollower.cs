using AInimEngine.Training.Reports;
using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Output;

/// <summary>Watches a training and tells every measure once, and every kind of warning when it begins.</summary>
/// <param name="measured">Told of a measure.</param>
/// <param name="warn">Told of a warning that was not there at the measure before.</param>
internal sealed class TrainFollower(Action<TrainingRecord> measured, Action<string> warn)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly HashSet<TrainingWarningKind> _known = [];
    private int _told;

    /// <summary>Looks twice a second until the training has ended, and once more then.</summary>
    /// <param name="progress">Where the training is.</param>
    /// <param name="training">Its end; its errors are not thrown.</param>
    /// <param name="look">Called at every look.</param>
    public async Task FollowAsync(Func<TrainingProgress> progress, Task training, Action<TrainingProgress> look)
    {
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            bool isOver = training.IsCompleted;
            TrainingProgress now = progress();
            Tell(now);
            look(now);
            if (isOver)
                return;
            await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), training);
        }
    }

    // What lay in the log before this sitting was told then.
    private void Tell(TrainingProgress now)
    {
        _told = Math.Max(_told, now.EarlierRecords);
        for (; _told < now.Records.Count; _told++)
            measured(now.Records[_told]);
        _known.RemoveWhere(kind => now.Warnings.All(warning => warning.Kind != kind));
        foreach (TrainingWarning warning in now.Warnings)
            if (_known.Add(warning.Kind))
                warn(warning.Text);
    }
}
