using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Offline;
using AInimEngine.Mapping;
using AInimEngine.Media;
using AInimEngine.Media.Video;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>
/// A render of two seconds in five segments, put together as the host does it, so that a test can break one part. Every
/// run makes its stages anew and goes on where the work folder ends. The track is shorter than the range, so that its
/// reader meets the end, and is warned, while pictures are still to be made.
/// </summary>
internal sealed class PipelineRig : IDisposable
{
    internal const int Width = 64, Height = 36, Frames = 60, SegmentFrames = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ScratchFolder _scratch = new();
    private readonly Track _track;
    private readonly Scene _scene;

    /// <param name="track">Shorter than two seconds.</param>
    internal PipelineRig(Track track)
    {
        _track = track;
        _scene = Scene.Load("aurora", Width, Height, null);
        Folder = WorkFolder.Open(_scratch["film.mkv"], Manifest, overwrite: false, out _);
    }

    internal static RenderManifest Manifest { get; } = new("rig", Frames, SegmentFrames, ".mkv", new Dictionary<string, string>());

    /// <summary>What the runs leave.</summary>
    internal WorkFolder Folder { get; }

    /// <summary>Whole segments so far.</summary>
    internal int Whole => Folder.CompleteSegments(Manifest);

    /// <summary>SHA-256 of every picture in whole segments.</summary>
    internal string[] Hashes => [.. Enumerable.Range(0, Whole).SelectMany(segment => Folder.ReadRecord(segment)!.Hashes)];

    /// <summary>Runs from the first segment that is not whole; throws what the run throws, and when it hangs.</summary>
    /// <param name="overlap">On three threads, or on one.</param>
    /// <param name="warnings">Told at the end of a flawed track, on the thread that reads it.</param>
    /// <param name="painterWidth">Width of the generator pictures that the painter expects; another than the real one makes it throw.</param>
    /// <param name="stop">Stops it; also used to free the threads of a run that hangs.</param>
    internal async Task RunAsync(bool overlap, IWarningSink? warnings = null, int painterWidth = Width, CancellationTokenSource? stop = null)
    {
        using var own = new CancellationTokenSource();
        stop ??= own;
        var request = new RenderRequest { Input = _track.Path, Output = "film.mkv", Width = Width, Height = Height, Overlap = overlap };
        var times = new StageTimes();
        Mapper mapper = _scene.CreateMapper();
        using Scene? other = painterWidth == Width ? null : Scene.Load("aurora", painterWidth, painterWidth * 9 / 16, null);
        using PainterThread painter = await PainterThread.StartAsync(() => new FramePainter(other ?? _scene, mapper.Layout, Width, Height, times));
        RenderRange range = RenderRange.Of(request, 2 * AudioFile.SampleRate);
        using var producer = new FrameProducer(
            range, _scene, mapper, SoundSources.Open(range, _scene.Sources, _track.Heard, warnings: warnings), times);
        using var pipeline = new RenderPipeline(producer, painter, mapper.Layout, _scene, request, Manifest);
        int first = Whole;
        using var sink = new SegmentSink(Folder, Manifest, new EncoderSettings(Width, Height, new Rational(30, 1), VideoCodec.Ffv1), hash: true, first, times);
        Task run = pipeline.RunAsync(first, first > 0 ? Folder.ReadState(first) : null, sink, stop.Token);
        if (await Task.WhenAny(run, Task.Delay(Patience, own.Token)) != run)
        {
            await stop.CancelAsync();
            await Task.WhenAny(run);
            Assert.Fail("the run hangs");
        }
        await run;
        Assert.Equal(Frames, pipeline.FramesDone);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scene.Dispose();
        Folder.Dispose();
        _scratch.Dispose();
    }
}
