using System.Buffers;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Imaging;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Video;

/// <summary>
/// Encodes one segment from raw frames that are piped to ffmpeg. The file appears under its name only when
/// <see cref="Finish"/> returns; until then it is "name.part". One thread at a time; <see cref="Write"/> blocks while the
/// encoder is busy, until it is stopped from another thread.
/// </summary>
public sealed class VideoEncoder : IDisposable
{
    private readonly EncoderSettings _settings;
    private readonly string _path;
    private readonly string _partPath;
    private readonly ChildProcess _ffmpeg;
    private readonly int _i420Size;
    private byte[]? _i420;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _stop;
    private bool _finished;

    private VideoEncoder(EncoderSettings settings, string path, FFmpegTools tools, bool convertHere, CancellationToken cancellation)
    {
        _settings = settings;
        _path = Path.GetFullPath(path);
        _partPath = _path + ".part";
        bool yuv = settings.IsYuv420 && convertHere;
        // Lent: an encoder lives for a segment, and a frame of memory for each would be garbage that is rarely collected.
        _i420Size = yuv ? I420Converter.ByteCount(settings.Width, settings.Height) : 0;
        _i420 = yuv ? ArrayPool<byte>.Shared.Rent(_i420Size) : null;
        string filters = settings.IsYuv420 && !convertHere
            ? $"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{CodecArguments.Filters(settings)}"
            : CodecArguments.Filters(settings);
        List<string> arguments =
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "pipe",
            "-f", "rawvideo", "-pix_fmt", yuv ? "yuv420p" : "rgba", "-video_size", $"{settings.Width}x{settings.Height}",
            "-framerate", settings.Fps.ToString(), "-i", "pipe:0", "-vf", filters,
        ];
        arguments.AddRange(CodecArguments.Encoder(settings, tools));
        if (settings.IsYuv420)
            arguments.AddRange(["-chroma_sample_location", "center"]);
        string extension = new OutputFormat(default, settings.Codec).SegmentExtension;
        if (extension != ".mkv")
            arguments.AddRange(["-video_track_timescale", $"{TrackTimescale(settings)}", "-movflags", "+write_colr"]);
        arguments.AddRange(["-fflags", "+bitexact", "-flags:v", "+bitexact"]);
        arguments.AddRange(["-f", extension switch { ".mkv" => "matroska", ".mov" => "mov", _ => "mp4" }, "file:" + _partPath]);
        PartialFile.Discard(_partPath);
        _ffmpeg = ChildProcess.Start(tools.FFmpegPath, arguments);
        _ffmpeg.EnlargeInput();
        _cancellation = cancellation;
        _stop = cancellation.UnsafeRegister(static state => ((ChildProcess)state!).Kill(), _ffmpeg);
    }

    /// <summary>Frames written so far.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Starts a segment.</summary>
    /// <param name="settings">What it is made with.</param>
    /// <param name="path">Where it lies when finished; its extension should be <see cref="OutputFormat.SegmentExtension"/>.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <param name="cancellation">Kills ffmpeg at once: a <see cref="Write"/> or <see cref="Finish"/> that waits for it ends, and the segment is dropped.</param>
    /// <exception cref="AInimException">A setting is out of range, ffmpeg lacks the encoder, or the folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before.</exception>
    public static VideoEncoder Start(
        EncoderSettings settings, string path, FFmpegTools? tools = null, CancellationToken cancellation = default) =>
        Start(settings, path, tools, convertHere: true, cancellation);

    /// <summary>Refuses settings that cannot be encoded here, before anything is made.</summary>
    /// <param name="settings">What segments will be made with.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <exception cref="AInimException">A setting is out of range, or ffmpeg lacks the encoder.</exception>
    public static void Check(EncoderSettings settings, FFmpegTools? tools = null)
    {
        settings.Check();
        CodecArguments.Encoder(settings, tools ?? FFmpegTools.Find());
    }

    /// <summary>Adds one frame.</summary>
    /// <param name="frame">Rgba8 in sRGB, of the settings' size; alpha is ignored. Read before the call returns.</param>
    /// <exception cref="AInimException">ffmpeg ended early: killed, disk full (<see cref="ExitCode.Output"/>).</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Write(Image frame)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (frame.Format != PixelFormat.Rgba8 || frame.Width != _settings.Width || frame.Height != _settings.Height)
            throw new ArgumentException($"a frame of {frame} does not fit {_settings.Width}x{_settings.Height} Rgba8", nameof(frame));
        try
        {
            if (_i420 is null)
            {
                _ffmpeg.Input.Write(frame.Bytes);
            }
            else
            {
                Span<byte> i420 = _i420.AsSpan(0, _i420Size);
                I420Converter.Convert(frame.Bytes, frame.Width, frame.Height, i420);
                _ffmpeg.Input.Write(i420);
            }
        }
        catch (IOException exception)
        {
            _cancellation.ThrowIfCancellationRequested();
            throw Failed(exception);
        }
        FrameCount++;
    }

    /// <summary>Ends the stream, waits for the encoder, flushes the segment to the disk, and gives it its name.</summary>
    /// <exception cref="AInimException">ffmpeg failed: disk full, killed (<see cref="ExitCode.Output"/>).</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (FrameCount == 0)
            throw new InvalidOperationException("a segment needs at least one frame");
        _finished = true;
        _ffmpeg.CloseInput();
        _ffmpeg.DrainOutput();
        int exitCode = _ffmpeg.WaitForExit();
        _cancellation.ThrowIfCancellationRequested();

        // A full disk at the very end is only told on stderr by some muxers, with exit code 0.
        if (exitCode != 0 || _ffmpeg.Errors.SystemReason is not null)
            throw Failed(null);
        LocalOutput.Publish(_partPath, _path, overwrite: true);
    }

    /// <summary>Ends ffmpeg; an unfinished segment is deleted.</summary>
    public void Dispose()
    {
        _finished = true;
        _stop.Dispose();
        _ffmpeg.Dispose();
        PartialFile.Discard(_partPath);
        if (_i420 is { } lent)
            ArrayPool<byte>.Shared.Return(lent);
        _i420 = null;
    }

    /// <summary>Why ffmpeg ended before its time, once an error has said so: for whoever knows what the pictures were for.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>The system's number of the running ffmpeg.</summary>
    internal int ProcessId => _ffmpeg.Id;

    internal static VideoEncoder Start(
        EncoderSettings settings, string path, FFmpegTools? tools, bool convertHere, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        settings.Check();
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(folder))
            throw new AInimException(ExitCode.Output, $"cannot write '{LocalInput.Show(path)}': the folder does not exist. Make it first.");
        return new VideoEncoder(settings, path, tools ?? FFmpegTools.Find(), convertHere, cancellation);
    }

    /// <summary>Ticks a second in which every frame instant is a whole number.</summary>
    internal static long TrackTimescale(EncoderSettings settings)
    {
        long scale = settings.Fps.Numerator;
        return scale * Math.Max(1, (9999 + scale) / scale);
    }

    private AInimException Failed(IOException? broken)
    {
        FailureReason = _ffmpeg.Reason(_ffmpeg.WaitForExit());
        return new AInimException(ExitCode.Output,
            $"cannot write '{LocalInput.Show(_path)}' after {FrameCount} frames: {FailureReason}", broken);
    }
}
