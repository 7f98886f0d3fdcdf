using AInimEngine.Core.Errors;
using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Data;
using AInimEngine.Training.Learning;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Runs;

/// <summary>
/// A training run, or one sitting of it: steps until the goal, measures every so often, the best snapshot kept, checkpoints
/// at an interval, and a model with its report at the end. Everything that its course depends on is in the checkpoint, so
/// a run that was stopped or killed goes on as if it had not been. Made by <see cref="TrainingOpening"/>; it computes on
/// a thread of its own and is looked at from any other.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    // How fast the mean duration of a step forgets: over about as many steps as there are between gradient penalties.
    private const double Forgetting = 1 / 16.0;

    private readonly RunParts _parts;
    private readonly TimeProvider _clock;
    private readonly TrainingLog _log;
    private readonly RunFinish _finish;
    private RunState _state;
    private long _began, _lastCheckpoint;
    private double _secondsBefore, _stepSeconds;
    private StepLosses _shownLosses;
    private volatile TrainingProgress _progress;

    internal TrainingRun(RunParts parts, RunState state, TrainingPlan plan, TimeProvider clock)
    {
        // What was finished goes on here, and until it is finished again it is not.
        (_parts, _state, _clock, Plan) = (parts, state with { IsFinished = false }, clock, plan);
        _log = state.Step == 0 ? TrainingLog.Create(parts.Folder.LogPath) : TrainingLog.Resume(parts.Folder.LogPath, state.Step);
        _finish = new RunFinish(parts, plan);
        _stepSeconds = parts.Description.Settings.Batch / plan.Estimate.PicturesPerSecond;
        _shownLosses = _state.Losses.Mean(_state.Step);
        _secondsBefore = state.Seconds;
        _progress = new TrainingProgress { Activity = "opening", Records = [.. _log.Records], EarlierRecords = _log.Records.Count };
    }

    /// <summary>What the run will do.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>Where it is. Any thread.</summary>
    public TrainingProgress Progress => _progress;

    /// <summary>Trains, on a thread of its own.</summary>
    /// <param name="stop">Finishes the step, measures, and writes the best model so far.</param>
    /// <exception cref="AInimException">A file cannot be written, or the training has failed; the checkpoint stays.</exception>
    public Task<TrainingResult> RunAsync(CancellationToken stop)
    {
        var done = new TaskCompletionSource<TrainingResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                done.SetResult(Run(stop));
            }
            catch (AInimException error) when (error.ExitCode == ExitCode.Output)
            {
                done.SetException(new AInimException(ExitCode.Output, $"{error.Message} The last checkpoint is whole: make space and give the same command to continue.", error));
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        { Name = "training", IsBackground = true };
        thread.Start();
        return done.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();

    private TrainingResult Run(CancellationToken stop)
    {
        _began = _lastCheckpoint = _clock.GetTimestamp();
        Publish("training");
        while (!IsThere && !stop.IsCancellationRequested)
        {
            Step();
            if (_parts.Trainer.Steps % _parts.Description.MeasureSteps == 0)
                Measure(isOfTheRun: true);
            else if (_clock.GetElapsedTime(_lastCheckpoint) >= _parts.CheckpointInterval)
                WriteCheckpoint();
            Publish("training");
        }
        if (_state.Step == 0)
            stop.ThrowIfCancellationRequested();
        bool isStopped = !IsThere;
        // Where it was stopped is no place of the run's own: the measure is for the eyes, and leaves the log and the sums
        // as the next sitting needs them.
        if (_state.Losses.Steps > 0 || _state.Best is null)
            Measure(isOfTheRun: !isStopped);
        WriteCheckpoint();
        // Finished when everything is written: until then the same command writes it again.
        _state = _state with { IsFinished = !isStopped };
        _finish.Write(_state, _progress.Records, Publish);
        if (_state.IsFinished)
            WriteCheckpoint();
        Publish("done");
        return new TrainingResult(Plan.Output, Plan.Settings.Resolution, _state.ImagesSeen / 1000.0, _state.Seconds, _state.Best, _parts.Folder.ReportPath, isStopped);
    }

    private bool IsThere => Plan.GoalKimg is { } kimg
        ? _parts.Trainer.ImagesSeen >= kimg * 1000
        : Seconds >= Plan.GoalSeconds;

    private double Seconds => _secondsBefore + (_began == 0 ? 0 : _clock.GetElapsedTime(_began).TotalSeconds);

    private void Step()
    {
        long began = _clock.GetTimestamp();
        StepLosses losses = _parts.Trainer.Step();
        double seconds = _clock.GetElapsedTime(began).TotalSeconds;
        if (!double.IsFinite(losses.Generator) || !double.IsFinite(losses.Discriminator))
            throw Diverged();
        _stepSeconds += Forgetting * (seconds - _stepSeconds);
        _state = _state with { Step = _parts.Trainer.Steps, ImagesSeen = _parts.Trainer.ImagesSeen, Losses = _state.Losses.Add(losses, seconds) };
        _shownLosses = _state.Losses.Mean(_state.Step);
    }

    private void Measure(bool isOfTheRun)
    {
        Publish("measuring");
        double kimg = _state.ImagesSeen / 1000.0;
        RunMeasure measure = RunMeasure.Take(_parts, kimg);
        StepLosses losses = _state.Losses.Mean(_state.Step);
        var record = new TrainingRecord
        {
            Step = _state.Step,
            Kimg = kimg,
            Seconds = Seconds,
            PicturesPerSecond = _state.Losses.Steps * _parts.Description.Settings.Batch / _state.Losses.Seconds,
            Generator = losses.Generator,
            Discriminator = losses.Discriminator,
            R1 = losses.R1,
            RealSign = losses.RealSign,
            Creative = losses.Creative,
            MemoryBytes = MachineMemory.Used,
            Quality = measure.Quality,
        };
        var snapshot = BestSnapshot.Of(kimg, measure.Quality);
        if (snapshot.IsBetterThan(_state.Best) || !File.Exists(_parts.Folder.BestPath))
        {
            ModelFile.Save(TrainedCard.Fill(measure.Model, _parts.Description, snapshot, Seconds), _parts.Folder.BestPath, overwrite: true);
            _state = _state with { Best = snapshot };
        }
        IReadOnlyList<TrainingRecord> records = [.. _log.Records, record];
        if (isOfTheRun)
        {
            _log.Append(record);
            _state = _state with { Losses = LossSums.Empty };
        }
        _progress = _progress with { Records = records, Sheet = measure.Sheet, Warnings = TrainingVerdict.Judge(records) };
        if (isOfTheRun)
            WriteCheckpoint();
    }

    private void WriteCheckpoint()
    {
        _state = _state with { Seconds = Seconds };
        new TrainingCheckpoint(_parts.Trainer.Save(), _state).Write(_parts.Folder);
        _lastCheckpoint = _clock.GetTimestamp();
    }

    private AInimException Diverged()
    {
        string kept = File.Exists(_parts.Folder.BestPath) ? $" The best model before that is {_parts.Folder.ShownPath}/{Path.GetFileName(_parts.Folder.BestPath)}." : "";
        return new AInimException(ExitCode.Input, FormattableString.Invariant($"training failed at {_parts.Trainer.ImagesSeen / 1000.0:f1} kimg: a loss is no number any more.{kept} Start over with --overwrite and another --seed, or without --loss relativistic."));
    }

    private void Publish(string activity)
    {
        double seconds = Seconds, kimg = _state.ImagesSeen / 1000.0;
        double left = Plan.GoalSeconds is { } goal ? Math.Max(0, goal - seconds) : double.NaN;
        double speed = _parts.Description.Settings.Batch / _stepSeconds;
        // Measures and checkpoints take their share of the time, as they did so far.
        double overall = _state.ImagesSeen - Plan.DoneKimg * 1000 is > 0 and var seen ? seen / (seconds - Plan.DoneSeconds) : speed;
        double goalKimg = Plan.GoalKimg ?? kimg + left * overall / 1000;
        if (Plan.GoalKimg is not null)
            left = Math.Max(0, goalKimg - kimg) * 1000 / overall;
        _progress = _progress with
        {
            Activity = activity,
            Kimg = kimg,
            GoalKimg = goalKimg,
            Done = Plan.GoalSeconds is { } all ? Math.Clamp(seconds / all, 0, 1) : Math.Clamp(kimg / goalKimg, 0, 1),
            Seconds = seconds,
            SecondsLeft = left,
            PicturesPerSecond = speed,
            Losses = _shownLosses,
            Records = _progress.Records.Count >= _log.Records.Count ? _progress.Records : [.. _log.Records],
            Best = _state.Best,
            MemoryBytes = MachineMemory.Used,
        };
    }
}
