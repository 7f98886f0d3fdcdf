using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Output;

/// <summary>For logs and pipes: a line a measure, one now and then between, no colours, no cursor movement.</summary>
public sealed class TrainPlain : ITrainDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task OpenAsync(Func<string> stage, Task opening)
    {
        string? said = null;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!opening.IsCompleted)
        {
            await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), opening);
            if (!opening.IsCompleted && stage() is var now && now != said)
                Console.Out.WriteLine(said = now);
        }
    }

    /// <inheritdoc/>
    public void Plan(TrainingPlan plan, bool verbose)
    {
        foreach (string line in TrainText.Lines(plan, verbose))
            Console.Out.WriteLine(line);
    }

    /// <inheritdoc/>
    public Task FollowAsync(Func<TrainingProgress> progress, Task training)
    {
        double next = double.NaN;
        var follower = new TrainFollower(record => Console.Out.WriteLine(TrainText.MeasureLine(record)), text => Console.Error.WriteLine($"warning: {text}"));
        return follower.FollowAsync(progress, training, now =>
        {
            if (double.IsNaN(next) && now.Kimg > 0)
                next = now.Seconds + Interval.TotalSeconds;
            if (!(now.Seconds >= next))
                return;
            next = now.Seconds + Interval.TotalSeconds;
            Console.Out.WriteLine(TrainText.ProgressLine(now));
        });
    }

    /// <inheritdoc/>
    public void Done(TrainingResult result)
    {
        foreach (string line in TrainText.DoneLines(result))
            Console.Out.WriteLine(line);
    }
}
