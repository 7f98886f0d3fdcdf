using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;
using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Verbs;

/// <summary>One sitting of a training in front of a person or a program: plan, progress, warnings, Ctrl-C, result.</summary>
public static class TrainSession
{
    /// <summary>Trains and returns the exit code.</summary>
    public static async Task<int> RunAsync(TrainingRequest request, bool json, bool quiet, bool verbose, CancellationToken cancellation)
    {
        JsonEvents? events = json ? JsonEvents.Start() : null;
        var warnings = new ConsoleWarnings(events);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var signals = new StopSignals(stop);
        ITrainDisplay display = TrainDisplay.Choose(events, quiet);
        Task<TrainingRun>? opening = null;
        Task<TrainingResult>? training = null;
        try
        {
            string stage = "opening";
            var opener = new TrainingOpening(warnings, what => Volatile.Write(ref stage, what), TimeProvider.System);
            opening = Task.Run(() => opener.Open(request, stop.Token), stop.Token);
            await display.OpenAsync(() => Volatile.Read(ref stage), opening);
            TrainingRun run = await opening;
            display.Plan(run.Plan, verbose);
            training = run.RunAsync(stop.Token);
            await display.FollowAsync(() => run.Progress, training);
            TrainingResult result = await training;
            display.Done(result);
            return result.IsStopped
                ? throw new AInimException(ExitCode.Interrupted, FormattableString.Invariant($"stopped at {result.Kimg:f1} kimg; '{result.Output}' is the best so far. The same command, or 'ainim train --resume {result.Output}', goes on."))
                : (int)ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new AInimException(ExitCode.Interrupted, "stopped while it was being prepared. Nothing was lost; give the same command again.");
        }
        finally
        {
            // When the display fails, the training's thread still holds what is freed here: it ends first.
            await stop.CancelAsync();
            if (opening is not null)
                await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (training is not null)
                await ((Task)training).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening is { IsCompletedSuccessfully: true })
                (await opening).Dispose();
        }
    }
}
