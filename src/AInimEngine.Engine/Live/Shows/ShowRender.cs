using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Offline;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;
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
    private readonly long _first;
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
            double elapsed = started == 0 ? 0 : Stopwatch.GetElapsedTime(started).TotalSeconds, speed = elapsed > 0 ? done / elapsed : 0;
            return new RenderProgress("rendering", done, Result.Frames, speed, speed > 0 ? (Result.Frames - done) / speed : double.NaN);
        }
    }

    /// <summary>"640x360 at 60, 12.5 s, 3 presets".</summary>
    public string Plan => FormattableString.Invariant(
        $"{_encoder.Width}x{_encoder.Height} at {_encoder.Fps}, {_index.Seconds:0.0} s, {Result.Frames} pictures{(Result.IsExact ? $", {_index.Hashes} of them to compare" : "")}");

    /// <summary>Reads a log through and checks what can be checked before the first picture. Writes nothing.</summary>
    /// <exception cref="AInimException">The log is none or shows nothing, or the output cannot be made.</exception>
    public static ShowRender Open(ShowRenderRequest request, IWarningSink warnings, CancellationToken cancellation) =>
        new(request, warnings, ShowIndex.Read(request.Show, cancellation));

    /// <summary>Makes the video, on a thread of its own.</summary>
    /// <exception cref="AInimException">A preset of the show cannot be loaded, the disk is full, or the log is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is left behind.</exception>
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
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        string full = Path.GetFullPath(_request.Output);
        string folder = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Environment.ProcessId}.ainim-show");
        Directory.CreateDirectory(folder);
        try
        {
            string segment = Path.Combine(folder, "pictures" + _format.SegmentExtension);
            using (VideoEncoder encoder = VideoEncoder.Start(_encoder, segment, tools: null, cancellation))
            {
                Paint(encoder, folder, cancellation);
                encoder.Finish();
            }
            string? sound = null;
            if (_index.Sounds > 0 && _format.HasSound)
                _index.WriteSound(_request.Show, sound = Path.Combine(folder, "sound.caf"), new FrameTime(_first, _encoder.Fps), Result.Frames / _encoder.Fps.Value, cancellation);
            Finisher.Finish(Settings([segment], Result.Frames, sound, folder), warnings: null, tools: null, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Paint(VideoEncoder encoder, string folder, CancellationToken cancellation)
    {
        using GlContext context = GlContext.CreateHeadless();
        using var stage = new ShowStage(context, _index.Head, _encoder.Width, _encoder.Height, Result.IsExact, folder, _warnings);
        using var output = new ReplayOutput(context, _encoder, encoder, Result.IsExact ? _hashes : null);
        using LogReader reader = LogReader.Open(_request.Show);
        try
        {
            if (Result.IsExact)
                PaintShown(reader, stage, output, cancellation);
            else
                PaintAll(reader, stage, output, cancellation);
            output.End();
        }
        catch (InvalidDataException error)
        {
            throw reader.Refuse(error);
        }
        Result.Missing = stage.Missing;
        if (stage.Missing > 0)
            _warnings.Warn($"{stage.Missing} pictures of generators are missing in the show log; those before are seen instead.");
        if (Result.IsExact && Result.Compared < Result.Hashes)
            _warnings.Warn($"only {Result.Compared} of the {Result.Hashes} hashes of the show log could be compared: the pictures of the others are missing in it.");
    }

    private void PaintShown(LogReader reader, ShowStage stage, ReplayOutput output, CancellationToken cancellation)
    {
        var frame = new LogFrame();
        while (Next(reader, stage, frame))
        {
            cancellation.ThrowIfCancellationRequested();
            stage.Enter(frame);
            output.Take(stage.Paint(frame), frame.Frame);
            Volatile.Write(ref _done, frame.Frame - _index.First + 1);
        }
    }

    private void PaintAll(LogReader reader, ShowStage stage, ReplayOutput output, CancellationToken cancellation)
    {
        LogFrame from = new(), to = new();
        bool isMore = Next(reader, stage, from);
        stage.Enter(from);
        isMore = isMore && Next(reader, stage, to);
        Rational shown = _index.Head.Fps;
        for (long i = 0; i < Result.Frames; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var time = new FrameTime(_first + i, _encoder.Fps);
            // Compared as shown frames, exactly: a picture at the very instant of one is that one.
            double at = (double)((Int128)time.Index * _encoder.Fps.Denominator * shown.Numerator) / ((double)_encoder.Fps.Numerator * shown.Denominator);
            while (isMore && to.Frame <= at)
            {
                (from, to) = (to, from);
                stage.Enter(from);
                isMore = Next(reader, stage, to);
            }
            float share = isMore ? (float)Math.Clamp((at - from.Frame) / (to.Frame - from.Frame), 0, 1) : 0;
            output.Take(stage.Paint(from, isMore ? to : null, share, time), time.Index);
            Volatile.Write(ref _done, i + 1);
        }
    }

    /// <summary>Reads on to the next picture that was shown.</summary>
    private bool Next(LogReader reader, ShowStage stage, LogFrame frame)
    {
        while (reader.Read(out LogKind kind, out ReadOnlySpan<byte> content))
        {
            if (kind == LogKind.Frame)
            {
                frame.Unpack(content);
                return true;
            }
            if (kind == LogKind.Hash && Result.IsExact)
                _hashes.Take(content);
            else
                stage.Take(kind, content);
        }
        return false;
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
