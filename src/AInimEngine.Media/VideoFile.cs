using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media;

/// <summary>The frames of a video as Rgba8, streamed in order, none dropped and none doubled. One thread at a time.</summary>
public sealed class VideoFile : IDisposable
{
    private readonly ChildProcess _ffmpeg;
    private bool _ended;

    private VideoFile(MediaInfo info, MediaStream stream, FFmpegTools tools)
    {
        Info = info;
        Stream = stream;
        _ffmpeg = ChildProcess.Start(tools.FFmpegPath,
        [
            "-hide_banner", "-nostdin", "-v", "error", "-noautorotate", .. LocalInput.Arguments(info.Path),
            "-map", $"0:{stream.Index}", "-fps_mode", "passthrough",
            "-vf", $"scale={stream.Width}:{stream.Height}:flags=bicubic+accurate_rnd+full_chroma_int,format=rgba",
            "-f", "rawvideo", "pipe:1",
        ]);
        _ffmpeg.CloseInput();
        _ffmpeg.EnlargeOutput();
    }

    /// <summary>What the file holds.</summary>
    public MediaInfo Info { get; }

    /// <summary>The stream that is decoded: the first one with moving pictures.</summary>
    public MediaStream Stream { get; }

    /// <summary>Pixels across.</summary>
    public int Width => Stream.Width;

    /// <summary>Pixels down.</summary>
    public int Height => Stream.Height;

    /// <summary>Frames a second.</summary>
    public Rational Fps => Stream.FrameRate;

    /// <summary>Frames read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Opens the first video stream of a local file.</summary>
    /// <exception cref="AInimException">Missing, unreadable, or without video.</exception>
    public static VideoFile Open(string path, FFmpegTools? tools = null)
    {
        tools ??= FFmpegTools.Find();
        MediaInfo info = MediaInfo.Probe(path, tools: tools);
        MediaStream stream = info.RequireVideo();
        if (stream.Width is < 1 or > 16384 || stream.Height is < 1 or > 16384)
            throw LocalInput.Error(path, "decode", $"its pictures of {stream.Width}x{stream.Height} cannot be decoded. Scale it first.");
        return new VideoFile(info, stream, tools);
    }

    /// <summary>All frames, each a new picture that the caller disposes.</summary>
    /// <inheritdoc cref="Open"/>
    public static IEnumerable<Image> ReadFrames(string path, FFmpegTools? tools = null)
    {
        using VideoFile file = Open(path, tools);
        while (true)
        {
            var frame = new Image(file.Width, file.Height, PixelFormat.Rgba8);
            if (!file.Read(frame))
            {
                frame.Dispose();
                yield break;
            }
            yield return frame;
        }
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">Rgba8 of this size; overwritten.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="AInimException">ffmpeg was killed, or could decode nothing.</exception>
    public bool Read(Image frame)
    {
        if (frame.Format != PixelFormat.Rgba8 || frame.Width != Width || frame.Height != Height)
            throw new ArgumentException($"a frame of {frame} does not fit {Width}x{Height} Rgba8", nameof(frame));
        if (_ended)
            return false;
        int count = _ffmpeg.Output.ReadAtLeast(frame.Bytes, frame.ByteCount, throwOnEndOfStream: false);
        if (count == frame.ByteCount)
        {
            Position++;
            return true;
        }
        _ended = true;
        int exitCode = _ffmpeg.WaitForExit();
        if (ChildProcess.WasKilled(exitCode))
            throw new AInimException(ExitCode.Environment, $"cannot decode '{LocalInput.Show(Info.Path)}': {_ffmpeg.Reason(exitCode)}. Run again.");
        if (exitCode != 0 && Position == 0)
            throw LocalInput.Error(Info.Path, "decode", $"{_ffmpeg.Reason(exitCode)}. Check the file ({Stream}).");
        return false;
    }

    /// <summary>Ends ffmpeg.</summary>
    public void Dispose() => _ffmpeg.Dispose();
}
