using System.Diagnostics;
using AInimEngine.Analysis.Midi;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Engine.Hearing;
using AInimEngine.Mapping;
using AInimEngine.Media;
using AInimEngine.Media.Muxing;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// Renders a track into a video file: <see cref="OpenAsync"/> listens to the whole track and makes a plan,
/// <see cref="RunAsync"/> carries it out. Killed at any time, the same request continues where it was.
/// </summary>
public sealed class OfflineHost : IDisposable
{
    private readonly RenderRequest _request;
    private readonly IWarningSink _warnings;
    private readonly Stack<IDisposable> _owned = new();
    private RenderOutput _output = null!;
    private RenderManifest _manifest = null!;
    private RenderPipeline _pipeline = null!;
    private PainterThread _painter = null!;
    private string _stage = "rendering";
    private long _started, _ended;

    private OfflineHost(RenderRequest request, IWarningSink warnings)
    {
        _request = request;
        _warnings = warnings;
    }

    /// <summary>What will be made.</summary>
    public RenderPlan Plan { get; private set; } = null!;

    /// <summary>Busy time of every stage in this run.</summary>
    public StageTimes Times { get; } = new();

    /// <summary>When the flash limiter acted, earlier runs included; empty until <see cref="RunAsync"/> has rendered to the end.</summary>
    public LimiterRecord Limited { get; private set; } = new();

    /// <summary>Where the render stands. Any thread.</summary>
    public RenderProgress Progress
    {
        get
        {
            long done = Math.Max(_pipeline.FramesDone, Plan.FirstFrame);
            long started = Interlocked.Read(ref _started);
            long now = Interlocked.Read(ref _ended) is var ended and > 0 ? ended : Stopwatch.GetTimestamp();
            double elapsed = started == 0 ? 0 : Stopwatch.GetElapsedTime(started, now).TotalSeconds;
            double speed = elapsed > 0 ? (done - Plan.FirstFrame) / elapsed : 0;
            return new RenderProgress(_stage, done, Plan.FrameCount, speed, speed > 0 ? (Plan.FrameCount - done) / speed : double.NaN);
        }
    }

    /// <summary>Frames in segments that are whole: where the same command would go on.</summary>
    public long FramesKept => _manifest is null ? 0 : Math.Min(_manifest.FrameCount, (long)WorkFolder.CompleteSegments(_request.Output, _manifest) * _manifest.SegmentFrames);

    /// <summary>
    /// Checks everything that can be checked before the first picture (output, preset, shaders, sound, space), listens to
    /// the track, and plans. Writes nothing.
    /// </summary>
    /// <exception cref="AInimException">Something is wrong; says what to do.</exception>
    public static async Task<OfflineHost> OpenAsync(RenderRequest request, IWarningSink warnings, CancellationToken cancellation)
    {
        var host = new OfflineHost(request, warnings);
        try
        {
            await host.PrepareAsync(cancellation);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Renders what is left, joins the segments with the sound, and puts the file in its place.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using WorkFolder folder = WorkFolder.Open(_request.Output, _manifest, _request.Overwrite, out bool discarded);
        if (discarded)
            _warnings.Warn($"an unfinished render of '{_request.Output}' with other settings was started over.");
        try
        {
            await RenderAsync(folder, cancellation);
            _stage = "joining";
            if (_request.HashesPath is { } path)
                WriteHashes(folder, path);
            FinishResult result = await Task.Run(() => _output.Join(folder, _manifest, cancellation), cancellation);
            if (_output.Sound.Copied && !result.SoundCopied)
                _warnings.Warn($"the sound was encoded rather than copied: {result.WhyEncoded}.");
        }
        catch when (folder.CompleteSegments(_manifest) == 0)
        {
            // Nothing to continue from, so nothing stays behind.
            Remove(folder);
            throw;
        }
        Remove(folder);
        _stage = "done";
    }

    /// <summary>Frees everything; what is unfinished stays in the work folder.</summary>
    public void Dispose()
    {
        while (_owned.TryPop(out IDisposable? item))
            item.Dispose();
    }

    private async Task RenderAsync(WorkFolder folder, CancellationToken cancellation)
    {
        // Asked again under the lock: another process may have gone on since the plan was made.
        int first = folder.CompleteSegments(_manifest);
        if (first >= _manifest.SegmentCount)
            return;
        byte[]? state = first > 0 ? folder.ReadState(first) : null;
        using var sink = new SegmentSink(folder, _manifest, _output.Encoder, _request.HashesPath is not null, first, Times);
        Interlocked.Exchange(ref _started, Stopwatch.GetTimestamp());
        try
        {
            await _pipeline.RunAsync(first, state, sink, cancellation);
            await _painter.RunAsync(painter => Limited = painter.Limited);
        }
        catch (Exception error) when (state is not null && error is InvalidDataException or EndOfStreamException)
        {
            throw new AInimException(ExitCode.Output, $"the saved state in '{folder.FullPath}' is damaged. Remove that folder to start over.", error);
        }
        finally
        {
            Interlocked.Exchange(ref _ended, Stopwatch.GetTimestamp());
        }
    }

    private void Remove(WorkFolder folder)
    {
        try
        {
            folder.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _warnings.Warn($"'{folder.FullPath}' cannot be removed ({error.Message}); remove it by hand.");
        }
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        AudioFile.Check(_request.Input);
        foreach (StemFile stem in _request.Stems)
            AudioFile.Check(stem.Path);
        MidiParts? midi = _request.Midi is { } file ? new MidiParts(MidiFile.Read(file)) : null;
        _output = RenderOutput.Check(_request);
        string sound = TrackAnalyzer.Hash(_request.Input, cancellation);

        // Part of the sound's own hash: the same track travels the same way, another one another.
        ulong journey = BitConverter.ToUInt64(Convert.FromHexString(sound));
        Scene scene = Own(Scene.Load(_request.Preset, _request.Width, _request.Height, _request.Seed, journey, _request.Stems.Select(stem => stem.Name), _request.Model, _warnings));
        foreach (AInimException broken in scene.Shaders.Broken.Values)
            _warnings.Warn($"a shader was set aside: {broken.Message}");
        var analyzer = new TrackAnalyzer(AnalysisCache.OfUser(), _warnings);
        HeardTrack heard = Hear(_request.Input);
        Dictionary<string, HeardTrack> stems = _request.Stems.ToDictionary(stem => stem.Name, stem => Hear(stem.Path));
        WarnOfMissingSources(scene.Sources, midi);
        RenderRange range = RenderRange.Of(_request, heard.SampleCount);
        _output.Choose(range, heard, MediaInfo.Probe(_request.Input, cancellation: cancellation).Tags);

        // What listening leaves grows with the track; given back before the renderer takes its share, it adds nothing to
        // the peak.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        Mapper mapper = scene.CreateMapper();
        PainterThread painter = Own(await PainterThread.StartAsync(() => new FramePainter(scene, mapper.Layout, _request.Width, _request.Height, Times, _request.LimitFlashes)));
        _painter = painter;
        FrameProducer producer = Own(new FrameProducer(range, scene, mapper, SoundSources.Open(range, scene.Sources, heard, stems, midi, cancellation: cancellation), Times));
        double secondsPerFrame = await RenderEstimate.SecondsPerFrameAsync(scene, mapper, painter, _request, _output.Codec);
        Times.Clear();

        RenderFingerprint fingerprint = await RenderIdentity.OfAsync(_request, scene, heard, range, painter, _output);
        _manifest = new RenderManifest(
            fingerprint.Compute(), range.FrameCount, SegmentFrames(), _output.SegmentExtension, fingerprint.Details);
        WorkFolder.Check(_request.Output, _manifest, _request.Overwrite);
        _pipeline = Own(new RenderPipeline(producer, painter, mapper.Layout, scene, _request, _manifest));
        if (_request.ToSeconds is { } to && to * AudioFile.SampleRate > heard.SampleCount + AudioFile.SampleRate / 2)
            _warnings.Warn($"--to {to:g6} s lies after the end of the track, which lasts {(double)heard.SampleCount / AudioFile.SampleRate:f2} s.");
        MakePlan(scene, range, secondsPerFrame, WorkFolder.CompleteSegments(_request.Output, _manifest));

        HeardTrack Hear(string path) => TrackAnalyzer.WithBands(analyzer.Analyze(path, progress: null, cancellation), scene.Sources.Bands, cancellation);
    }

    private void WarnOfMissingSources(SourceLayout sources, MidiParts? midi)
    {
        foreach (string stem in sources.Stems)
            if (!_request.Stems.Any(given => given.Name == stem))
                _warnings.Warn($"the preset listens to stem '{stem}', which is silent. Pass --stem {stem}=FILE.");
        foreach (string part in sources.Parts)
            if (midi?.Find(part) is null)
                _warnings.Warn(midi is null
                    ? $"the preset listens to MIDI part '{part}', which is silent. Pass --midi FILE."
                    : $"'{_request.Midi}' has no part '{part}'; there are: {string.Join(", ", midi.Names.Select(name => name.Name.Length > 0 ? $"{name.Number} ({name.Name})" : $"{name.Number}"))}.");
    }

    private void MakePlan(Scene scene, RenderRange range, double secondsPerFrame, int firstSegment)
    {
        long firstFrame = Math.Min(_manifest.FrameCount, (long)firstSegment * _manifest.SegmentFrames);
        long left = _manifest.FrameCount - firstFrame;
        long bytes = RenderEstimate.Bytes(_request, _output.Codec, range.Seconds, _request.Fps.Value);
        long free = _output.FreeBytes();
        Plan = new RenderPlan(
            _request.Output, _manifest.FrameCount, firstFrame, range.Seconds, _request.Width, _request.Height, _request.Fps,
            _output.Codec, _output.Sound.Text, scene.Preset.Name, scene.Generator.Name,
            RenderEstimate.Seconds(secondsPerFrame, left, _manifest, firstSegment, range), bytes, free, _manifest.Details);

        // The join holds the segments and the final file for a moment.
        long needed = bytes + bytes * left / _manifest.FrameCount;
        if (free >= 0 && free < needed)
            _warnings.Warn($"about {Math.Max(1, needed / 1_000_000)} MB may be needed and {free / 1_000_000} MB are free where '{_request.Output}' goes; if it runs out, make space and give the same command to continue.");
    }

    private int SegmentFrames() => (int)Math.Max(1, Math.Round(_request.SegmentSeconds * _request.Fps.Value));

    private void WriteHashes(WorkFolder folder, string path)
    {
        string partial = path + ".partial";
        try
        {
            using (var writer = new StreamWriter(partial) { NewLine = "\n" })
                for (int segment = 0; segment < _manifest.SegmentCount; segment++)
                    foreach (string hash in folder.ReadRecord(segment)!.Hashes)
                        writer.WriteLine(hash);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            PartialFile.Discard(partial);
            throw new AInimException(ExitCode.Output, $"cannot write the hashes to '{path}': {SystemReason.Of(error)} Give the same command with another --hashes to continue.", error);
        }
    }

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Push(item);
        return item;
    }
}
