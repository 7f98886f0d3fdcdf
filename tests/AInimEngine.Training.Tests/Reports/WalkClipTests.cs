using System.Numerics.Tensors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Tests.Reports;

/// <summary>The walk: a loop without a seam, filmed at a size that can be watched.</summary>
public sealed class WalkClipTests : IDisposable
{
    private static readonly WalkSettings s_settings = new() { Seconds = 2, Fps = new Rational(25, 1), Stations = 4 };
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-walk-").FullName;
    private readonly Model _model = ModelFactory.Random(new ModelCard
    {
        Name = "tiny",
        Architecture = ModelArchitecture.Sm,
        Resolution = 16,
        ZDim = 8,
        WDim = 8,
        MappingLayers = 2,
        MappingMultiplier = 0.1,
        Channels = [8, 8, 8],
        Extra = new Dictionary<string, string> { ["upsample"] = "bilinear" },
    }, 1);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheLoopClosesWithAStepLikeAnyOther()
    {
        float[] walk = WalkClip.Latents(_model, s_settings);
        Assert.Equal(50 * 8, walk.Length);
        double[] steps = [.. Enumerable.Range(0, 50).Select(i => (double)TensorPrimitives.Distance(walk.AsSpan(i * 8, 8), walk.AsSpan((i + 1) % 50 * 8, 8)))];
        Assert.InRange(steps[^1], 0.5 * Math.Min(steps[0], steps[^2]), 1.5 * Math.Max(steps[0], steps[^2]));
        Assert.InRange(steps.Max() / steps.Average(), 1, 3);
        double[] turns = [.. Enumerable.Range(0, 50).Select(i => Math.Abs(steps[i] - steps[(i + 1) % 50]))];
        Assert.All(turns, turn => Assert.InRange(turn, 0, 0.3 * steps.Max()));
    }

    [Fact]
    public void TheFilmHasItsLengthAndItsSize()
    {
        string path = Path.Combine(_folder, "walk.mp4");
        WalkClip.Write(_model, path, s_settings);
        MediaStream video = MediaInfo.Probe(path).RequireVideo();
        Assert.Equal((256, 256), (video.Width, video.Height));
        int frames = 0;
        double difference = 0;
        byte[]? before = null;
        foreach (Image frame in VideoFile.ReadFrames(path))
        {
            using Image owned = frame;
            if (before is not null)
                difference += TensorPrimitives.Distance<float>([.. before.Select(b => (float)b)], [.. frame.Bytes.ToArray().Select(b => (float)b)]);
            before = frame.Bytes.ToArray();
            frames++;
        }
        Assert.Equal(50, frames);
        Assert.True(difference > 0);
    }

    [Fact]
    public void AStoppedFilmLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => WalkClip.Write(_model, Path.Combine(_folder, "walk.mp4"), s_settings, stop.Token));
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Theory]
    [InlineData(64, 4)]
    [InlineData(128, 2)]
    [InlineData(256, 1)]
    [InlineData(512, 1)]
    public void SmallModelsAreEnlargedToAtLeast256(int size, int factor) => Assert.Equal(factor, WalkClip.Factor(size, 256));
}
