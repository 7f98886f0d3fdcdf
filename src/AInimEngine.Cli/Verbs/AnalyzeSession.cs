using AInimEngine.Analysis.Views;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Hearing;
using AInimEngine.Engine.Hearing.Output;
using Spectre.Console;

namespace AInimEngine.Cli.Verbs;

/// <summary>Runs one analysis in front of a person or a program: checks, progress, files, summary.</summary>
public static class AnalyzeSession
{
    private const string StandardOutput = "-";

    /// <summary>Analyses and returns the exit code.</summary>
    public static async Task<int> RunAsync(AnalyzeRequest request, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var signals = new StopSignals(stop);
        IReadOnlyList<string> layers = request.Csv is { } prefix ? AnnotationFiles.Names(prefix, request.Track) : [];
        IReadOnlyList<string> stems = request.Stems is { } folder ? StemFiles.Names(folder, request.Track) : [];
        string[] files = [.. new[] { request.Json == StandardOutput ? null : request.Json, request.Html, request.Clicks }.OfType<string>(), .. layers, .. stems];
        if (files.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new AInimException(ExitCode.Usage, $"two files would be written to '{twice.First()}'. Give each a name of its own.");
        MakeFolders(layers.Concat(stems));
        foreach (string file in files)
            WholeFile.Check(file, request.Overwrite, request.Track);
        try
        {
            bool isSilent = request.Quiet || request.Json == StandardOutput;
            HeardTrack heard = await ListenAsync(request, isSilent, stop.Token);
            await Task.Run(() => WriteFiles(request, heard, layers, stems, stop.Token), stop.Token);
            if (!isSilent)
                foreach (string line in AnalysisText.Lines(heard, request.IsLive))
                    Console.Out.WriteLine(line);
            return (int)ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new AInimException(ExitCode.Interrupted, "stopped. Nothing was written that is not whole.");
        }
    }

    // The folder of layers or stems is made; one above it that is missing is more likely a slip.
    private static void MakeFolders(IEnumerable<string> files)
    {
        foreach (string folder in files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Distinct())
        {
            try
            {
                if (!Directory.Exists(folder) && Directory.Exists(Path.GetDirectoryName(folder)))
                    Directory.CreateDirectory(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new AInimException(ExitCode.Output, $"cannot make the folder '{folder}': {SystemReason.Of(error)} Name another.", error);
            }
        }
    }

    private static async Task<HeardTrack> ListenAsync(AnalyzeRequest request, bool isSilent, CancellationToken cancellation)
    {
        var warnings = new ConsoleWarnings(null);
        var analyzer = new TrackAnalyzer(request.UseCache ? AnalysisCache.OfUser() : null, warnings);
        if (isSilent || Console.IsOutputRedirected || Console.IsErrorRedirected)
            return await Task.Run(() => Hear(null), cancellation);
        return await AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape($"listening to {request.Track}"), maxValue: 1);
                return await Task.Run(() => Hear(new BarProgress(task)), cancellation);
            });

        HeardTrack Hear(IProgress<double>? progress) => request.IsLive
            ? LiveTrack.Hear(request.Track, warnings, progress, cancellation)
            : analyzer.Analyze(request.Track, progress, cancellation);
    }

    private static void WriteFiles(AnalyzeRequest request, HeardTrack heard, IReadOnlyList<string> layers, IReadOnlyList<string> stems, CancellationToken cancellation)
    {
        if (request.Json is { } json)
        {
            TrackView? view = request.Features ? TrackViews.Make(heard, TrackViews.FeatureColumns, cancellation) : null;
            if (json == StandardOutput)
            {
                using Stream output = Console.OpenStandardOutput();
                AnalysisJson.Write(output, heard, request.IsLive, view);
            }
            else
            {
                WholeFile.Write(json, request.Overwrite, stream => AnalysisJson.Write(stream, heard, request.IsLive, view));
            }
        }
        if (layers.Count > 0)
            AnnotationFiles.Write(layers, request.Overwrite, heard.Analysis);
        if (request.Clicks is not null && heard.Analysis.Beats.Times.Count == 0)
            new ConsoleWarnings(null).Warn("no beats were heard, so there are no clicks.");
        if (request.Clicks is { } clicks)
            ClickTrack.Write(clicks, request.Overwrite, heard, cancellation);
        if (stems.Count > 0)
            StemFiles.Write(stems, request.Overwrite, heard, cancellation);
        if (request.Html is { } html)
            TrackReport.Write(html, request.Overwrite, heard, cancellation);
    }

    private sealed class BarProgress(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
