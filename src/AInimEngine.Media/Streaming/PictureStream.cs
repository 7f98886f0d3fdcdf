using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Processes;
using AInimEngine.Media.Recording;

namespace AInimEngine.Media.Streaming;

/// <summary>
/// Pictures of a running show to another program, through an ffmpeg. One thread writes, and waits while nobody takes them;
/// any thread may <see cref="Kill"/>.
/// </summary>
public sealed class PictureStream : IDisposable
{
    private const string Limited = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";

    private readonly string _target;
    private readonly ChildProcess _ffmpeg;
    private readonly MatroskaPipe _pipe;
    private readonly bool _isRead;

    private PictureStream(PictureStreamKind kind, string? path, int width, int height, Rational fps, FFmpegTools tools)
    {
        _target = path ?? "standard output";
        _isRead = path is null;
        string rate = fps.ToString();
        string[] form = kind switch
        {
            PictureStreamKind.Nut => ["-c:v", "copy", "-f", "nut"],
            PictureStreamKind.Y4m => ["-r", rate, "-vsync", "cfr", "-vf", Limited, "-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe"],
            PictureStreamKind.Raw => ["-r", rate, "-vsync", "cfr", "-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-f", "rawvideo"],
            PictureStreamKind.Device => ["-vsync", "passthrough", "-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-f", "v4l2"],
            PictureStreamKind.Jpeg => ["-vsync", "passthrough", "-vf", $"{Limited},scale=w='min(960,iw)':h=-2:out_range=pc:out_color_matrix=bt601", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "5", "-f", "mpjpeg"],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        _ffmpeg = ChildProcess.Start(tools.FFmpegPath,
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y", "-probesize", "32", "-analyzeduration", "0", "-fpsprobesize", "0", "-f", "matroska", "-i", "pipe:0",
            "-map", "0:v", .. form, "-threads", "1", "-flush_packets", "1", path is null ? "pipe:1" : kind == PictureStreamKind.Device ? path : "file:" + path,
        ]);
        _ffmpeg.EnlargeInput();
        _pipe = new MatroskaPipe(_ffmpeg.Input);
        try
        {
            _pipe.Begin(width, height);
        }
        catch (IOException error)
        {
            AInimException failed = Failed(error);
            _ffmpeg.Dispose();
            throw failed;
        }
    }

    /// <summary>What it makes, where it goes nowhere else. One thread reads it to its end.</summary>
    public Stream Output => _ffmpeg.Output;

    /// <summary>Starts a stream.</summary>
    /// <param name="kind">What is made.</param>
    /// <param name="path">A file, a FIFO or a device, which is written over; null for <see cref="Output"/>.</param>
    /// <param name="width">Even.</param>
    /// <param name="height">Even.</param>
    /// <param name="fps">Of forms with an even rate.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <exception cref="AInimException">There is no ffmpeg, or it does not run.</exception>
    public static PictureStream Start(PictureStreamKind kind, string? path, int width, int height, Rational fps, FFmpegTools? tools = null) =>
        new(kind, path is null ? null : Path.GetFullPath(path), width, height, fps, tools ?? FFmpegTools.Find());

    /// <summary>Adds a picture.</summary>
    /// <param name="yuv420">Planes of BT.709, limited range.</param>
    /// <param name="seconds">Since the start, ascending.</param>
    /// <exception cref="AInimException">The reader is gone, the disk is full, or ffmpeg ended.</exception>
    public void Write(ReadOnlySpan<byte> yuv420, double seconds)
    {
        try
        {
            _pipe.WritePicture(yuv420, seconds);
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    /// <summary>Ends it and waits until the reader has everything.</summary>
    /// <exception cref="AInimException">ffmpeg failed.</exception>
    public void Finish()
    {
        _ffmpeg.CloseInput();
        if (!_isRead)
            _ffmpeg.DrainOutput();
        if (_ffmpeg.WaitForExit() != 0)
            throw Failed(null);
    }

    /// <summary>Ends it now; a write that waits fails. Any thread.</summary>
    public void Kill() => _ffmpeg.Kill();

    /// <summary>Ends ffmpeg.</summary>
    public void Dispose() => _ffmpeg.Dispose();

    private AInimException Failed(IOException? broken) =>
        new(ExitCode.Output, $"no pictures go to '{LocalInput.Show(_target)}' any more: {_ffmpeg.Reason(_ffmpeg.WaitForExit())}", broken);
}
