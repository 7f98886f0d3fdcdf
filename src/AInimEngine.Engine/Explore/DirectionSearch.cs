using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Imaging;
using AInimEngine.Media.Muxing;
using AInimEngine.Neural;
using AInimEngine.Neural.Latents;

namespace AInimEngine.Engine.Explore;

/// <summary>Finds directions of every band, measures what they do, and draws them.</summary>
public static class DirectionSearch
{
    private const int DeviationSamples = 2000, MeasuredPoints = 3;

    /// <summary>Runs it.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="request">Which.</param>
    /// <param name="progress">Told what it is at, in words.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="AInimException">A file exists or cannot be written.</exception>
    public static DirectionFindings Run(ExploreModel model, DirectionRequest request, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope();
        LatentGroup[] bands = [.. model.Network.Shape.Groups().Where(group => group.LayerCount > 0)];
        string stem = request.Output[..^Path.GetExtension(request.Output).Length], json = stem + ".json";
        string[] sheets = [.. bands.Select(band => $"{stem}-{band.Name}.png")];
        foreach (string file in sheets.Append(json))
            Finisher.CheckOutput(file, request.Overwrite);
        // Some more than are shown: what is strong in the weights may change little in the picture.
        int candidates = Math.Min(request.Count + request.Count / 2, model.Network.Shape.WDim);
        long start = Stopwatch.GetTimestamp();
        bool isSeFa = request.Method == "sefa";
        LatentStatistics? statistics = isSeFa ? null : LatentStatistics.Measure(model.Network, GanSpace.Samples, 1);
        LatentDirection[][] found = [.. bands.Select(band => (isSeFa
            ? SeFa.Find(model.Network, band, candidates)
            : GanSpace.Find(model.Network, statistics!, band, candidates)).ToArray())];
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double deviation = (statistics ?? LatentStatistics.Measure(model.Network, DeviationSamples, 1)).Deviation;
        Tensor points = model.Stack([request.Point, .. Enumerable.Range(1, MeasuredPoints - 1).Select(seed => model.FromSeed((ulong)seed + 1000))]);
        List<LatentDirection> all = [];
        for (int i = 0; i < bands.Length; i++)
        {
            progress?.Invoke($"{bands[i].Name}: measuring {found[i].Length} directions");
            LatentDirection[] ranked = [.. DirectionRanking.Rank(Pictures, found[i], points, deviation, cancellation).Take(request.Count)];
            progress?.Invoke($"{bands[i].Name}: drawing {ranked.Length} strips");
            string title = $"{model.Name}: {bands[i].Name} layers ({bands[i].FirstLayer}-{bands[i].FirstLayer + bands[i].LayerCount - 1}), {request.Method}, through {request.Point.Name}";
            ExploreSheets.Directions(model, ranked, request.Point, request.Size, title, sheets[i], cancellation);
            all.AddRange(ranked);
        }
        Write(json, model.Name, request.Method, all);
        return new DirectionFindings(all, [.. sheets, json], seconds);

        Tensor Pictures(Tensor ws)
        {
            List<Tensor> all = [];
            model.Decode(ws, DirectionRanking.MeasuredSize, (_, image) => all.Add(image.Clone().DetachFromScope()), cancellation);
            Tensor pictures = Torch.Stack([.. all]);
            all.ForEach(image => image.Dispose());
            return pictures;
        }
    }

    private static void Write(string path, string model, string method, List<LatentDirection> directions)
    {
        try
        {
            PartialFile.Write(path, file => DirectionFile.Write(file, model, method, directions));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{path}': {SystemReason.Of(error)}", error);
        }
    }
}
