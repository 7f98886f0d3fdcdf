using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media;

namespace AInimEngine.Engine.Tests.Offline;

[Collection(Pictures.One)]
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
            Directory.CreateDirectory(Path.Combine(inTheWay, "full"));
            Assert.Equal(ExitCode.Output, (await Assert.ThrowsAsync<AInimException>(() => host.RunAsync(CancellationToken.None))).ExitCode);
        }
        Assert.False(File.Exists(request.Output));
        Directory.Delete(inTheWay, recursive: true);

        await RenderAsync(request, 24);
        Assert.Equal(File.ReadAllLines(_folder["whole.mkv.txt"]), File.ReadAllLines(_folder["film.mkv.txt"]));
        Assert.False(Directory.Exists(WorkFolder.PathFor(request.Output)));
    }

    [Theory]
    [InlineData(25, "film.mp4")]
    [InlineData(26, "film.mp4")]
    [InlineData(25, "film.mkv")]
    [InlineData(26, "film.mkv")]
    public async Task AFilmOfAnyLengthIsJoinedToItsLastFrame(int frames, string name)
    {
        // Segments of twelve: encoders that reorder pictures put a last one of a frame or two too early.
        RenderRequest request = Request(name) with { ToSeconds = frames / 30.0, Codec = "h264" };
        using (OfflineHost host = await OfflineHost.OpenAsync(request, new Warnings(), CancellationToken.None))
            await host.RunAsync(CancellationToken.None);
        Assert.Equal(frames, VideoFile.ReadFrames(request.Output).Count());
    }

    [Fact]
    public async Task ACutShowsWhatTheWholeVideoShowsThere()
    {
        // Within the pre-roll of the start, trails included; beyond it, all but trails, which this preset has none of.
        File.WriteAllText(_folder["flow.json"], """
            {
              "version": 1, "name": "Flow", "generator": { "type": "field", "universe": 5, "width": 64 },
              "modulations": [{ "source": "bass", "target": "post.displace.speed", "max": 2 }],
              "post": [{ "shader": "displace", "values": { "amount": 0.02 } }, { "shader": "grain", "values": { "amount": 0.05 } }]
            }
            """);
        foreach ((string preset, double from) in ((string, double)[])[("aurora", 2), (_folder["flow.json"], 5)])
        {
            RenderRequest whole = Request($"whole {from}.mkv") with { Preset = preset, ToSeconds = from + 1 };
            RenderRequest cut = whole with { Output = _folder[$"cut {from}.mkv"], HashesPath = _folder[$"cut {from}.txt"], FromSeconds = from };
            foreach (RenderRequest request in (RenderRequest[])[whole, cut, cut with { Output = _folder[$"one {from}.mkv"], HashesPath = _folder[$"one {from}.txt"], Overlap = false }])
            {
                using OfflineHost host = await OfflineHost.OpenAsync(request, new Warnings(), CancellationToken.None);
                await host.RunAsync(CancellationToken.None);
            }
            string[] expected = File.ReadAllLines(whole.HashesPath!)[^30..];
            Assert.Equal(expected, File.ReadAllLines(_folder[$"cut {from}.txt"]));
            Assert.Equal(expected, File.ReadAllLines(_folder[$"one {from}.txt"]));
        }
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
