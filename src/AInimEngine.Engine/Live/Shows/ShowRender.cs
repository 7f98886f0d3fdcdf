using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Offline;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;
using AInimEngine.Rendering;
using OutputFormat = AInimEngine.Media.Video.OutputFormat;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Makes the video of a logged show. At the show's own size and rate every picture is what the screen showed, and is compared
/// with its hash; pictures that the display skipped repeat the one before. At another size or rate it is the same motion, painted
/// at every instant, with the shaders at their best and without what the governor took away.
/// </summary>
public sealed class ShowRender
{
    private readonly ShowRenderRequest _request;
    private readonly IWarningSink _warnings;
    private readonly OutputFormat _format;
    private readonly EncoderSettings _encoder;
    private readonly ShowIndex _index;
    private readonly HashComparison _hashes;
    private readonly ShowReplayPlan _plan;
    private readonly long _first;
    private RenderManifest? _manifest;
    private long _done, _started;

    private ShowRender(ShowRenderRequest request, IWarningSink warnings, ShowIndex index)
    {
        (_request, _warnings, _index) = (request, warnings, index);
        LogHead head = index.Head;
        Rational fps = request.Fps ?? head.Fps;
        (int width, int height) = (request.Width ?? head.Width, request.Height ?? head.Height);
        VideoCodec? codec = null;
        if (request.Codec is not null)
            codec = OutputFormat.TryParseCodec(request.Codec, out VideoCodec parsed)
                ? parsed
                : throw new AInimException(ExitCode.Usage, $"there is no codec '{request.Codec}'; use h264, h265, prores, prores4444, vp9, av1, ffv1 or gif.");
        _format = OutputFormat.Resolve(request.Output, codec);
        _encoder = new EncoderSettings(width, height, fps, _format.Codec);
        Finisher.Check(Settings([], 0, null, null));
        Result.IsExact = width == head.Width && height == head.Height && fps == head.Fps;
        _hashes = new HashComparison(Result);
        Rational ratio = fps * head.Fps.Reciprocal;
        _first = ratio.CeilingMultiply(index.First);
        Result.Frames = Result.IsExact ? index.Last - index.First + 1 : Math.Max(1, ratio.CeilingMultiply(index.Last + 1) - _first);
        (Result.Shown, Result.Hashes) = (index.Shown, index.Hashes);
        _plan = new ShowReplayPlan(width, height, fps, Result.IsExact ? index.First : _first, Result.Frames, Result.IsExact);
        if (index.Broken > 0)
            warnings.Warn($"the last {index.Broken} bytes of the show log cannot be read: what came after picture {index.Last} is missing.");
        else if (!index.IsWhole)
            warnings.Warn($"the show did not end by itself: the log goes up to picture {index.Last}.");
        if (index.Lost > 0)
            warnings.Warn($"the disk was too slow for the show log: {index.Lost} parts of it are missing.");
    }

    /// <summary>What has become of it.</summary>
    public ShowRenderResult Result { get; } = new();

    /// <summary>Where it stands. Any thread.</summary>
    public RenderProgress Progress
    {
        get
        {
            long done = Volatile.Read(ref _done), started = Volatile.Read(ref _started);
            double elapsed = started == 0 ? 0 : Stopwatch.GetElapsedTime(started).TotalSeconds, speed = elapsed > 0 ? (done - Result.ResumedAt) / elapsed : 0;
            return new RenderProgress("rendering", done, Result.Frames, speed, speed > 0 ? (Result.Frames - done) / speed : double.NaN);
        }
    }

    /// <summary>Frames in segments that are whole: where the same command would go on.</summary>
    public long FramesKept => _manifest is null ? 0 : Math.Min(_manifest.FrameCount, (long)WorkFolder.CompleteSegments(_request.Output, _manifest) * _manifest.SegmentFrames);

    /// <summary>Called after a picture with the frames that are done; for tests.</summary>
    internal Action<long>? Painted { get; set; }

    /// <summary>"640x360 at 60, 12.5 s, 3 presets".</summary>
    public string Plan => FormattableString.Invariant(
        $"{_encoder.Width}x{_encoder.Height} at {_encoder.Fps}, {_index.Seconds:0.0} s, {Result.Frames} pictures{(Result.IsExact ? $", {_index.Hashes} of them to compare" : "")}");

    /// <summary>Reads a log through and checks what can be checked before the first picture. Writes nothing.</summary>
    /// <exception cref="AInimException">The log is none or shows nothing, or the output cannot be made.</exception>
    public static ShowRender Open(ShowRenderRequest request, IWarningSink warnings, CancellationToken cancellation) =>
        new(request, warnings, ShowIndex.Read(request.Show, cancellation));

    /// <summary>Makes the video, or what is left of it, on a thread of its own.</summary>
    /// <exception cref="AInimException">A preset of the show cannot be loaded, the disk is full, or the log is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the same request goes on with the segment that it was in.</exception>
    public Task RunAsync(CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                Run(cancellation);
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        { Name = "ainim render", IsBackground = true }.Start();
        return done.Task;
    }

    private void Run(CancellationToken cancellation)
    {
        string presets = Directory.CreateTempSubdirectory("ainim-show-").FullName;
        try
        {
            using GlContext context = GlContext.CreateHeadless();
            _manifest = Identify(context);
            using WorkFolder folder = WorkFolder.Open(_request.Output, _manifest, _request.Overwrite, out bool discarded);
            if (discarded)
                _warnings.Warn($"an unfinished render of '{_request.Output}' with other settings was started over.");
            try
            {
                Paint(context, folder, presets, cancellation);
                Join(folder, cancellation);
            }
            catch when (folder.CompleteSegments(_manifest) == 0)
            {
                folder.Delete(); // nothing to go on from
                throw;
            }
            folder.Delete();
        }
        finally
        {
            Directory.Delete(presets, recursive: true);
        }
    }

    private void Paint(GlContext context, WorkFolder folder, string presets, CancellationToken cancellation)
    {
        int segment = folder.CompleteSegments(_manifest!);
        long first = _plan.First + Math.Min(Result.Frames, (long)segment * _manifest!.SegmentFrames);
        Result.ResumedAt = first - _plan.First;
        Volatile.Write(ref _done, Result.ResumedAt);
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        if (segment >= _manifest.SegmentCount)
        {
            if (folder.HasState(segment))
                Read(folder, segment, RestoreEnd);
            return;
        }
        using var replay = new ShowReplay(context, _request.Show, _index, _plan, _hashes, presets, _warnings);
        using var sink = new SegmentSink(folder, _manifest, _encoder, hash: false, segment, new StageTimes());
        using var output = new ReplayOutput(context, _encoder, sink, _plan.First, first, Result.IsExact ? _hashes : null);
        if (segment > 0)
            Read(folder, segment, replay.Restore);
        bool isMore = segment > 0 || replay.MoveNext();
        for (MemoryStream state = new(); isMore; isMore = replay.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            bool begins = BeginsSegment(replay);
            if (begins)
            {
                // What was painted before belongs to what is compared so far, and to segments that are whole.
                output.Flush(cancellation);
                Save(state, replay.Save);
            }
            output.Take(replay.Paint(), replay.Number, replay.Until, begins ? state : null, cancellation);
            Volatile.Write(ref _done, replay.Until - _plan.First);
            Painted?.Invoke(replay.Until - _plan.First);
        }
        output.Flush(cancellation);
        Result.Missing = replay.Missing;
        using (var end = new MemoryStream())
        {
            Save(end, SaveEnd);
            folder.WriteState(_manifest.SegmentCount, end.GetBuffer().AsSpan(0, (int)end.Length));
        }
        if (replay.Missing > 0)
            _warnings.Warn($"{replay.Missing} pictures of generators are missing in the show log; those before are seen instead.");
        if (Result.IsExact && Result.Compared < Result.Hashes)
            _warnings.Warn($"only {Result.Compared} of the {Result.Hashes} hashes of the show log could be compared: the pictures of the others are missing in it.");
    }

    // What is told at the end, for a run that only joins.
    private void SaveEnd(StateWriter writer)
    {
        _hashes.Save(writer);
        writer.Write(Result.Missing);
    }

    private void RestoreEnd(StateReader reader)
    {
        _hashes.Restore(reader);
        Result.Missing = reader.Read<long>();
    }

    private static void Save(MemoryStream to, Action<StateWriter> save)
    {
        to.SetLength(0);
        var writer = new StateWriter(to);
        save(writer);
        writer.Flush();
    }

    private static void Read(WorkFolder folder, int segment, Action<StateReader> restore)
    {
        try
        {
            restore(new StateReader(new MemoryStream(folder.ReadState(segment))));
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new AInimException(ExitCode.Output, $"the saved state in '{folder.FullPath}' is damaged. Remove that folder to start over.", error);
        }
    }

    /// <summary>Whether a segment but the first begins with a frame that the replay's next picture covers.</summary>
    private bool BeginsSegment(ShowReplay replay)
    {
        long from = replay.Number - _plan.First, length = _manifest!.SegmentFrames, begin = (from + length - 1) / length * length;
        return begin > 0 && begin < replay.Until - _plan.First;
    }

    private void Join(WorkFolder folder, CancellationToken cancellation)
    {
        string? sound = null;
        if (_index.Sounds > 0 && _format.HasSound)
            _index.WriteSound(_request.Show, sound = Path.Combine(folder.FullPath, ".ainim-sound.caf"), new FrameTime(_first, _encoder.Fps), Result.Frames / _encoder.Fps.Value, cancellation);
        string[] segments = [.. Enumerable.Range(0, _manifest!.SegmentCount).Select(i => folder.SegmentPath(i, _manifest.SegmentExtension))];
        Finisher.Finish(Settings(segments, Result.Frames, sound, folder.FullPath), warnings: null, tools: null, cancellation);
    }

    private RenderManifest Identify(GlContext context)
    {
        RenderFingerprint identity = RenderIdentity.OfShow(Directory.Exists(_request.Show) ? Path.Combine(_request.Show, LogFile.Name) : _request.Show, _encoder, context.Info);
        int length = (int)Math.Max(1, Math.Round(_request.SegmentSeconds * _encoder.Fps.Value));
        return new RenderManifest(identity.Compute(), Result.Frames, length, _format.SegmentExtension, identity.Details);
    }

    private FinishSettings Settings(IReadOnlyList<string> segments, long frames, string? sound, string? folder) =>
        new(_request.Output, _format, _encoder, segments, frames)
        {
            Sound = sound is null ? null : new SoundTrack(sound) { MayCopy = false },
            Title = _request.Title,
            Artist = _request.Artist,
            Overwrite = _request.Overwrite,
            WorkFolder = folder,
        };
}
