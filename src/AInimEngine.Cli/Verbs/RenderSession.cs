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
        if (!request.LimitFlashes)
            warnings.Warn("the flash limiter is off, which is on because flashes can cause seizures in people with photosensitive epilepsy. Check the result with 'ainim flashcheck', and warn those who will see it.");
        IProgressDisplay display = ProgressDisplay.Choose(events, quiet);
        OfflineHost? host = null;
        Task<OfflineHost>? opening = null;
        Task? render = null;
        try
        {
            opening = Task.Run(() => OfflineHost.OpenAsync(request, warnings, stop.Token), stop.Token);
            await display.ListenAsync(request.Input, opening);
            host = await opening;
            display.Plan(host.Plan, verbose);
            render = host.RunAsync(stop.Token);
            await display.FollowAsync(() => host.Progress, render);
            await render;
            display.Done(host.Plan, Stopwatch.GetElapsedTime(started), host.Times, host.Limited, verbose);
            return (int)ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            RenderProgress progress = host?.Progress ?? default;
            long kept = host?.FramesKept ?? 0;
            throw new AInimException(ExitCode.Interrupted, kept > 0
                ? $"stopped at frame {progress.FramesDone} of {progress.FrameCount}. The same command continues at frame {kept}."
                : $"stopped {(progress.FramesDone > 0 ? $"at frame {progress.FramesDone}" : "before the first frame")}. Nothing was kept: the same command starts over.");
        }
        finally
        {
            // When the display fails, the engine's threads still hold what is freed here: they end first.
            await stop.CancelAsync();
            if (opening is not null)
                await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (render is not null)
                await render.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening is { IsCompletedSuccessfully: true })
                (await opening).Dispose();
        }
    }
}
