using System.Globalization;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live.Shows;

namespace AInimEngine.Cli.Verbs;

/// <summary>Runs <c>ainim render --show</c> in front of a person or a program.</summary>
public static class ShowSession
{
    /// <summary>Renders and returns the exit code.</summary>
    public static async Task<int> RunAsync(ShowRenderRequest request, bool json, bool quiet, CancellationToken cancellation)
    {
        JsonEvents? events = json ? JsonEvents.Start() : null;
        var warnings = new ConsoleWarnings(events);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var signals = new StopSignals(stop);
        IProgressDisplay display = ProgressDisplay.Choose(events, quiet);
        ShowRender? show = null;
        try
        {
            show = ShowRender.Open(request, warnings, stop.Token);
            if (!quiet && !json)
                Console.Error.WriteLine($"ainim render: '{request.Show}' to '{request.Output}': {show.Plan}");
            Task render = show.RunAsync(stop.Token);
            await display.FollowAsync(() => show.Progress, render);
            await render;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            long kept = show?.FramesKept ?? 0;
            throw new AInimException(ExitCode.Interrupted, kept > 0
                ? $"stopped at picture {show!.Progress.FramesDone} of {show.Progress.FrameCount}. The same command continues at picture {kept}."
                : $"stopped {(show?.Progress.FramesDone > 0 ? $"at picture {show.Progress.FramesDone} of {show.Progress.FrameCount}" : "before the first picture")}. Nothing was kept: the same command starts over.");
        }
        if (!quiet && !json)
            Console.Error.WriteLine($"ainim render: {Tell(show.Result)}");
        events?.Write("done", ("output", request.Output), ("frames", show.Result.Frames), ("shown", show.Result.Shown), ("hashes", show.Result.Hashes), ("compared", show.Result.Compared), ("equal", show.Result.Equal));
        if (show.Result.Equal < show.Result.Compared)
            warnings.Warn($"picture {show.Result.FirstDifferent} is the first that is not what was shown to the bit. Was it another computer, driver or version of this program?");
        return (int)ExitCode.Success;
    }

    private static string Tell(ShowRenderResult result) => result switch
    {
        { IsExact: false } => string.Create(CultureInfo.InvariantCulture, $"{result.Frames} pictures, of {result.Shown} that were shown. At the show's own size and rate they can be compared."),
        { Hashes: 0 } => string.Create(CultureInfo.InvariantCulture, $"{result.Frames} pictures; the log has no hashes to compare them with."),
        _ => string.Create(CultureInfo.InvariantCulture, $"{result.Equal} of {result.Compared} pictures equal, {result.Hashes} hashes in the log; {result.Frames - result.Shown} that the display skipped repeat the one before."),
    };
}
