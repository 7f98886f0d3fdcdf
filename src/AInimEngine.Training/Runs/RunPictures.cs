using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Media;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Runs;

/// <summary>The pictures of a run, prepared at its size.</summary>
/// <param name="Set">The pictures.</param>
/// <param name="Lines">What became of the files, for people.</param>
internal sealed record RunPictures(TrainingSet Set, IReadOnlyList<string> Lines)
{
    private const int MostCpuSize = 128;

    /// <summary>Finds and prepares them.</summary>
    /// <param name="request">The dials.</param>
    /// <param name="size">Of a run that goes on; null to choose.</param>
    /// <param name="isGpu">Whether it runs on a GPU.</param>
    /// <param name="warnings">Told what people should know.</param>
    /// <param name="status">Told what is done.</param>
    /// <param name="stop">Ends it.</param>
    public static RunPictures Open(TrainingRequest request, int? size, bool isGpu, IWarningSink warnings, Action<string> status, CancellationToken stop)
    {
        int resolution = size ?? request.Size ?? 64;
        string[] files = [.. Directory.EnumerateFiles(request.Data).Order(StringComparer.Ordinal)];
        var pixels = new byte[files.Length * 3 * resolution * resolution];
        for (int i = 0; i < files.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            using Image image = ImageFile.Load(files[i]);
            for (int c = 0; c < 3; c++)
                for (int y = 0; y < resolution; y++)
                    for (int x = 0; x < resolution; x++)
                    {
                        int x0 = x * image.Width / resolution, x1 = Math.Max(x0 + 1, (x + 1) * image.Width / resolution), y0 = y * image.Height / resolution, y1 = Math.Max(y0 + 1, (y + 1) * image.Height / resolution), sum = 0;
                        for (int v = y0; v < y1; v++)
                            for (int u = x0; u < x1; u++)
                                sum += image.Bytes[(v * image.Width + u) * 4 + c];
                        pixels[((i * 3 + c) * resolution + y) * resolution + x] = (byte)(sum / ((x1 - x0) * (y1 - y0)));
                    }
        }
        return new RunPictures(new ArrayTrainingSet(pixels, resolution), [$"{files.Length} pictures"]);
    }
}
