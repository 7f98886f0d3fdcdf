using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;
using AInimEngine.Media;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Runs;

namespace AInimEngine.Training.Tests.Runs;

/// <summary>A folder that goes away with its test, with a dozen small pictures to learn from.</summary>
internal sealed class RunScratch : IDisposable, IWarningSink
{
    private const int Pictures = 12, Side = 24;
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-train-").FullName;

    public RunScratch()
    {
        Directory.CreateDirectory(this["pictures"]);
        for (int i = 0; i < Pictures; i++)
            Picture(i, this[$"pictures/{i:d2}.png"]);
    }

    public string this[string name] => Path.Combine(_folder, name);

    public List<string> Warnings { get; } = [];

    public void Warn(string message) => Warnings.Add(message);

    /// <summary>16 pixels, few channels, eighty steps, a measure every twenty.</summary>
    public TrainingRequest Request(string name, double kimg = 1.28) => new()
    {
        Data = this["pictures"],
        Output = this[name + ModelFile.Extension],
        Size = 16,
        Width = 64,
        Kimg = kimg,
        MeasureKimg = 0.32,
        WalkSeconds = 0.5,
        CacheFolder = this["cache"],
    };

    public TrainingRun Open(TrainingRequest request) => Open(request, TimeProvider.System);

    public TrainingRun Open(TrainingRequest request, TimeProvider clock) => new TrainingOpening(this, _ => { }, clock).Open(request, CancellationToken.None);

    public string[] Log(string name) => File.ReadAllLines(this[$"{name}.training/log.jsonl"]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A disc of its own colour, size and place on a ground of its own.</summary>
    public static void Picture(int index, string path)
    {
        using var image = new Image(Side, Side, PixelFormat.Rgba8);
        Span<byte> bytes = image.Bytes;
        float x0 = 6 + 12 * Draw(0), y0 = 6 + 12 * Draw(1), radius = 3 + 5 * Draw(2);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                bool isInside = (x - x0) * (x - x0) + (y - y0) * (y - y0) < radius * radius;
                for (int c = 0; c < 3; c++)
                    bytes[(y * Side + x) * 4 + c] = (byte)(255 * Draw((isInside ? 10 : 20) + c));
                bytes[(y * Side + x) * 4 + 3] = 255;
            }
        }
        ImageFile.Save(image, path);

        float Draw(int what) => Philox.Uniform(7, (ulong)index, (ulong)what);
    }
}
