using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Offline;

public sealed class OfflineHostTests(Tracks tracks) : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpeningPlansAndWritesNothing()
    {
        using OfflineHost host = await OfflineHost.OpenAsync(Request("film.mp4"), new Warnings(), CancellationToken.None);
        Assert.Equal((60, 0, 64, 36), (host.Plan.FrameCount, host.Plan.FirstFrame, host.Plan.Width, host.Plan.Height));
        Assert.Equal("Aurora", host.Plan.Preset);
        Assert.True(host.Plan.EstimatedSeconds > 0 && host.Plan.EstimatedBytes > 0);
        Assert.Equal(("rendering", 0), (host.Progress.Stage, host.Progress.FramesDone));
        Assert.False(Directory.Exists(WorkFolder.PathFor(_folder["film.mp4"])));
    }

    [Fact]
    public async Task AfterAFailureTheSameRequestGoesOnToTheSamePictures()
    {
        await RenderAsync(Request("whole.mkv"), 0);
        RenderRequest request = Request("film.mkv");
        string inTheWay = Path.Combine(WorkFolder.PathFor(request.Output), "segment-00002.mkv");
        using (OfflineHost host = await OfflineHost.OpenAsync(request, new Warnings(), CancellationToken.None))
        {
            // RunAsync opens its work folder before it first awaits; the third segment comes much later.
            Task run = host.RunAsync(CancellationToken.None);
            Directory.CreateDirectory(Path.Combine(inTheWay, "full"));
            Assert.Equal(ExitCode.Output, (await Assert.ThrowsAsync<AInimException>(() => run)).ExitCode);
        }
        Assert.False(File.Exists(request.Output));
        Directory.Delete(inTheWay, recursive: true);

        await RenderAsync(request, 24);
        Assert.Equal(File.ReadAllLines(_folder["whole.mkv.txt"]), File.ReadAllLines(_folder["film.mkv.txt"]));
        Assert.False(Directory.Exists(WorkFolder.PathFor(request.Output)));
    }

    private static async Task RenderAsync(RenderRequest request, long firstFrame)
    {
        using OfflineHost host = await OfflineHost.OpenAsync(request, new Warnings(), CancellationToken.None);
        Assert.Equal(firstFrame, host.Plan.FirstFrame);
        await host.RunAsync(CancellationToken.None);
        Assert.Equal(("done", 60), (host.Progress.Stage, host.Progress.FramesDone));
        Assert.True(File.Exists(request.Output));
    }

    private RenderRequest Request(string name) => new()
    {
        Input = tracks.TheTune.Path,
        Output = _folder[name],
        Width = 64,
        Height = 36,
        ToSeconds = 2,
        Codec = name.EndsWith(".mkv", StringComparison.Ordinal) ? "ffv1" : null,
        HashesPath = _folder[name + ".txt"],
        SegmentSeconds = 0.4,
    };
}
