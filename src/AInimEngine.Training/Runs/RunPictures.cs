using AInimEngine.Core.Errors;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Runs;

/// <summary>The pictures of a run, prepared at its size.</summary>
/// <param name="Set">The pictures.</param>
/// <param name="Lines">What became of the files, for people.</param>
internal sealed record RunPictures(TrainingSet Set, IReadOnlyList<string> Lines)
{
    // What learns well in hours: a GPU at 256, many cores at 128, few at 64.
    private const int GpuSize = 256, ManyCoresSize = 128, FewCoresSize = 64, ManyCores = 8;
    private const int MostNamed = 10;

    /// <summary>Finds and prepares them.</summary>
    /// <param name="request">The dials.</param>
    /// <param name="size">Of a model or a run that goes on; null to choose.</param>
    /// <param name="isGpu">Whether it runs on a GPU.</param>
    /// <param name="warnings">Told what people should know.</param>
    /// <param name="status">Told what is done.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="AInimException">There are none, or too few.</exception>
    public static RunPictures Open(TrainingRequest request, int? size, bool isGpu, IWarningSink warnings, Action<string> status, CancellationToken stop)
    {
        var builder = new TrainingSetBuilder(request.CacheFolder);
        var progress = new Words(status);
        int usual = isGpu ? GpuSize : Environment.ProcessorCount >= ManyCores ? ManyCoresSize : FewCoresSize;
        int resolution = size ?? request.Size ?? usual;
        TrainingData data = builder.Build(Settings(request, resolution), progress, stop);
        if (size is null && request.Size is null && TrainingRecipe.LargestResolution(data.Report.MedianSide) is var fitting && fitting < resolution)
        {
            data.Dispose();
            data = builder.Build(Settings(request, resolution = fitting), progress, stop);
        }
        foreach (string warning in data.Report.Warnings)
            warnings.Warn(warning);
        return new RunPictures(data.Set, [.. Describe(data.Report, resolution)]);
    }

    private static DataSettings Settings(TrainingRequest request, int resolution) => new(request.Data, resolution)
    {
        Crop = request.SmartCrop ? CropMode.Smart : CropMode.Centre,
        Backdrop = request.Backdrop,
        ClassesFromFolders = request.Classes || request.Creative == 0,
        StyleClusters = request.Creative ?? 0,
        Seed = request.Creative > 0 ? request.Seed : 0,
    };

    private static IEnumerable<string> Describe(DataReport report, int resolution)
    {
        string scenes = report.Scenes > 0 ? $" from {report.Scenes} scenes" : report.Used < report.Found ? $" of {report.Found} files" : "";
        yield return $"{report.Used} pictures{scenes}, half of them {report.MedianSide} pixels or more on the shorter side, prepared at {resolution}x{resolution}{(report.FromCache ? " (already there)" : "")}";
        if (report.Classes.Count > 0)
            yield return $"classes: {string.Join(", ", report.Classes.Select(one => $"{one.Name} ({one.Pictures})"))}";
        if (report.Skipped.Count > 0)
            yield return $"left out: {Named(report.Skipped, file => $"{file.Name} ({file.Reason})")}";
        if (report.Duplicates.Count > 0)
            yield return $"duplicates left out: {Named(report.Duplicates, pair => $"{pair.Name} (as {pair.Like})")}";
    }

    private static string Named<T>(IReadOnlyList<T> all, Func<T, string> name) =>
        string.Join(", ", all.Take(MostNamed).Select(name)) + (all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : "");

    private sealed class Words(Action<string> status) : IProgress<DataProgress>
    {
        public void Report(DataProgress value)
        {
            string what = value.Stage switch
            {
                DataStage.Looking => "looking at the files",
                DataStage.Watching => "watching the film",
                DataStage.Reading => "reading the pictures",
                _ => "comparing the pictures",
            };
            status(value is { Total: > 0, Stage: DataStage.Watching or DataStage.Reading } ? $"{what} ({100 * value.Done / value.Total} %)" : what);
        }
    }
}
