using System.Diagnostics;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;

namespace AInimEngine.Cli.Verbs;

/// <summary>Runs one render in front of a person or a program: plan, progress, warnings, Ctrl-C, result.</summary>
public static class RenderSession
{
    /// <summary>Renders and returns the exit code.</summary>
    public static async Task<int> RunAsync(RenderRequest request, bool json, bool quiet, bool verbose, CancellationToken cancellation)
    {
        JsonEvents? events = json ? JsonEvents.Start() : null;
        var warnings = new ConsoleWarnings(events);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var signals = new StopSignals(stop);

        long started = Stopwatch.GetTimestamp();
        IProgressDisplay display = ProgressDisplay.Choose(events, quiet);
        OfflineHost? host = null;
        try
        {
            Task<OfflineHost> opening = Task.Run(() => OfflineHost.OpenAsync(request, warnings, stop.Token), stop.Token);
            await display.ListenAsync(request.Input, opening);
            host = await opening;
            display.Plan(host.Plan, verbose);
            Task render = host.RunAsync(stop.Token);
            await display.FollowAsync(() => host.Progress, render);
            await render;
            display.Done(host.Plan, Stopwatch.GetElapsedTime(started), host.Times, verbose);
            return (int)ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            RenderProgress progress = host?.Progress ?? default;
            throw new AInimException(ExitCode.Interrupted, progress.FramesDone > 0
                ? $"stopped at frame {progress.FramesDone} of {progress.FrameCount}. The same command continues from the last finished segment, if there is one."
                : "stopped before the first frame. Nothing was written.");
        }
        finally
        {
            host?.Dispose();
        }
    }
}
