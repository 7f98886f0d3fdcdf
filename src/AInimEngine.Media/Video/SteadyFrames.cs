using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Video;

/// <summary>
/// The pictures of any film at a steady rate and a small size, as they are seen: what is shown for longer comes again,
/// so that frame k is what a screen shows at k/<see cref="Fps"/>. Sound is not read. One thread at a time.
/// </summary>
public sealed class SteadyFrames : IDisposable
{
    // Above this, several pictures of a film fall together. What screens show faster, nobody renders.
    private const int MostFps = 120;

    private readonly ChildProcess _ffmpeg;
    private readonly CancellationTokenRegistration _stop;
    private readonly CancellationToken _cancellation;

    private SteadyFrames(MediaInfo info, MediaStream stream, int width, int height, FFmpegTools tools, CancellationToken cancellation)
    {
        (Info, Stream, Width, Height, _cancellation) = (info, stream, width, height, cancellation);
        Fps = stream.FrameRate > new Rational(MostFps, 1) ? new Rational(MostFps, 1) : stream.FrameRate;

        // What is not tagged is BT.709 where it is high definition, as players take it; swscale would take BT.601.
        string matrix = stream.ColorSpace is "" or "unknown" && Math.Max(stream.Width, stream.Height) >= 1280 ? ":in_color_matrix=bt709" : string.Empty;
        _ffmpeg = ChildProcess.Start(tools.FFmpegPath,
        [
            "-hide_banner", "-nostdin", "-v", "error", .. LocalInput.Arguments(info.Path), "-map", $"0:{stream.Index}", "-fps_mode", "passthrough",
            "-vf", string.Create(CultureInfo.InvariantCulture, $"fps={Fps.Numerator}/{Fps.Denominator},scale={width}:{height}:flags=area+accurate_rnd+full_chroma_int{matrix},format=rgba"),
            "-f", "rawvideo", "pipe:1",
        ]);
        _stop = cancellation.Register(_ffmpeg.Kill);
        _ffmpeg.CloseInput();
        _ffmpeg.EnlargeOutput();
    }

    /// <summary>What the file holds.</summary>
    public MediaInfo Info { get; }

    /// <summary>The stream that is decoded: the first one with moving pictures.</summary>
    public MediaStream Stream { get; }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>Frames a second, 120 at most.</summary>
    public Rational Fps { get; }

    /// <summary>Frames read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Opens the first video stream of a local file.</summary>
    /// <param name="info">The film.</param>
    /// <param name="width">Pixels across that every picture gets.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="cancellation">Kills ffmpeg.</param>
    /// <exception cref="AInimException">It has no moving pictures.</exception>
    public static SteadyFrames Open(MediaInfo info, int width, int height, CancellationToken cancellation) =>
        new(info, info.RequireVideo(), width, height, FFmpegTools.Find(), cancellation);

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">Rgba8 of this size; overwritten.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="AInimException">ffmpeg was killed, or failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public bool Read(Image frame)
    {
        if (frame.Format != PixelFormat.Rgba8 || frame.Width != Width || frame.Height != Height)
            throw new ArgumentException($"a frame of {frame} does not fit {Width}x{Height} Rgba8", nameof(frame));
        if (_ffmpeg.Output.ReadAtLeast(frame.Bytes, frame.ByteCount, throwOnEndOfStream: false) == frame.ByteCount)
        {
            Position++;
            return true;
        }
        int exitCode = _ffmpeg.WaitForExit();
        _cancellation.ThrowIfCancellationRequested();
        if (ChildProcess.WasKilled(exitCode))
            throw new AInimException(ExitCode.Environment, $"cannot decode '{LocalInput.Show(Info.Path)}': {_ffmpeg.Reason(exitCode)}. Run again.");
        if (exitCode != 0 || Position == 0)
            throw LocalInput.Error(Info.Path, "decode", $"{_ffmpeg.Errors.Reason ?? "it has no frames"}. Check the file ({Stream}).");
        return false;
    }

    /// <summary>Ends ffmpeg.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _ffmpeg.Dispose();
    }
}
