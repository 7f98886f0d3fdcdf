using System.CommandLine;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Safety;
using AInimEngine.Rendering.Safety;
using Spectre.Console;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim flashcheck video.mp4</c>: measures the flashes of any video against WCAG 2.3.1.</summary>
public static class FlashcheckVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var input = new Argument<string>("video") { Description = "Any video that ffmpeg reads." };
        var json = new Option<bool>("--json") { Description = "Progress and result as one JSON object a line on standard output." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only the exit code: 0 passes, 7 flashes too often." };
        var command = new Command("flashcheck", "Measure the flashes of a video against WCAG 2.3.1: at most three a second, general or red, over a quarter of any field of 10 degrees. Exit code 7 when it fails.") { input, json, quiet };
        command.SetAction(async (parsed, cancellation) =>
        {
            string video = parsed.GetValue(input)!;
            JsonEvents? events = parsed.GetValue(json) ? JsonEvents.Start() : null;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var signals = new StopSignals(stop);
            try
            {
                FlashReport report = await MeasureAsync(video, events, parsed.GetValue(quiet), stop.Token);
                if (events is not null)
                    Write(events, video, report);
                else if (!parsed.GetValue(quiet))
                    foreach (string line in FlashText.Lines(video, report))
                        Console.Out.WriteLine(line);
                return (int)(report.Passes ? ExitCode.Success : ExitCode.Flashes);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                throw new AInimException(ExitCode.Interrupted, "stopped before the end of the video: there is no verdict.");
            }
        });
        return command;
    }

    private static async Task<FlashReport> MeasureAsync(string video, JsonEvents? events, bool quiet, CancellationToken cancellation)
    {
        if (events is not null)
            return await Task.Run(() => FlashCheck.Run(video, new EventProgress(events), cancellation), cancellation);
        if (quiet || Console.IsOutputRedirected || Console.IsErrorRedirected)
            return await Task.Run(() => FlashCheck.Run(video, progress: null, cancellation), cancellation);
        return await AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape($"measuring {video}"), maxValue: 1);
                return await Task.Run(() => FlashCheck.Run(video, new BarProgress(task), cancellation), cancellation);
            });
    }

    private static void Write(JsonEvents events, string video, FlashReport report) => events.Write(
        "flashcheck",
        ("video", video),
        ("passes", report.Passes),
        ("frames", report.Frames),
        ("seconds", Math.Round(report.Seconds, 3)),
        ("mostGeneral", report.MostFlashes(FlashKind.General)),
        ("mostRed", report.MostFlashes(FlashKind.Red)),
        ("failures", report.Spans.Select(span => new
        {
            kind = FlashText.Name(span.Kind),
            start = Math.Round(span.Start, 3),
            end = Math.Round(span.End, 3),
            flashes = span.Flashes,
            area = Math.Round(span.Area, 3),
        })));

    private sealed class BarProgress(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    // A line for every hundredth at most.
    private sealed class EventProgress(JsonEvents events) : IProgress<double>
    {
        private double _told = double.NegativeInfinity;

        public void Report(double value)
        {
            if (value - _told < 0.01)
                return;
            _told = value;
            events.Write("progress", ("stage", "measuring"), ("share", Math.Round(value, 3)));
        }
    }
}
