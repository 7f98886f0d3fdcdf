using System.Globalization;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Media.Pictures;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Video;

/// <summary>
/// Frames of a film as they are meant to be seen (turned, pixels square, interlaced ones mended), numbered as they are
/// decoded: all of them small, to look through, or chosen ones at full size. Sound is not read. One thread at a time.
/// </summary>
public sealed class FilmFrames : IDisposable
{
    private readonly ChildProcess _ffmpeg;
    private readonly CancellationTokenRegistration _stop;
    private readonly CancellationToken _cancellation;
    private readonly MediaInfo _info;
    private byte[] _pixels = [];

    private FilmFrames(MediaInfo info, bool keyFramesOnly, string filter, string[] output, FFmpegTools tools, CancellationToken cancellation)
    {
        _info = info;
        _cancellation = cancellation;
        string[] skip = keyFramesOnly ? ["-skip_frame", "nokey"] : [];
        _ffmpeg = ChildProcess.Start(tools.FFmpegPath,
        [
            "-hide_banner", "-nostdin", "-v", "error", .. skip, .. LocalInput.Arguments(info.Path),
            "-map", $"0:{info.RequireVideo().Index}", .. output, "-fps_mode", "passthrough",
            "-vf", filter + ",format=rgba", "-c:v", "pam", "-f", "image2pipe", "pipe:1",
        ]);
        _stop = cancellation.Register(_ffmpeg.Kill);
        _ffmpeg.CloseInput();
        _ffmpeg.EnlargeOutput();
    }

    /// <summary>Pixels across of the last frame.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels down.</summary>
    public int Height { get; private set; }

    /// <summary>Frames read so far.</summary>
    public long Count { get; private set; }

    /// <summary>The last frame, RGBA. Valid until the next.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels.AsSpan(0, Width * Height * 4);

    /// <summary>All frames, of a small size.</summary>
    /// <param name="info">The film.</param>
    /// <param name="height">Rows of each; as many columns as its shape asks for.</param>
    /// <param name="keyFramesOnly">Decode no others: many times as fast, and a film has one every few seconds, at most cuts too.</param>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="cancellation">Kills ffmpeg.</param>
    /// <exception cref="AInimException">It has no moving pictures.</exception>
    public static FilmFrames Small(MediaInfo info, int height, bool keyFramesOnly, FFmpegTools tools, CancellationToken cancellation) =>
        new(info, keyFramesOnly, string.Create(CultureInfo.InvariantCulture, $"scale=w='max(2,trunc({height}*dar/2)*2)':h={height}:flags=area"), [], tools, cancellation);

    /// <summary>Chosen frames at full size.</summary>
    /// <param name="info">The film.</param>
    /// <param name="numbers">Which, rising, as <see cref="Small"/> counts with the same <paramref name="keyFramesOnly"/>.</param>
    /// <param name="keyFramesOnly">As when they were chosen.</param>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="cancellation">Kills ffmpeg.</param>
    /// <exception cref="AInimException">It has no moving pictures.</exception>
    public static FilmFrames Chosen(MediaInfo info, IReadOnlyList<long> numbers, bool keyFramesOnly, FFmpegTools tools, CancellationToken cancellation)
    {
        MediaStream stream = info.RequireVideo();
        // What is not tagged is BT.709 where it is high definition, as players take it; swscale would take BT.601.
        string matrix = stream.ColorSpace is "" or "unknown" && Math.Max(stream.Width, stream.Height) >= 1280 ? ":in_color_matrix=bt709" : string.Empty;
        return new FilmFrames(info, keyFramesOnly,
            $"yadif=deint=interlaced,select='{OneOf(numbers, 0, numbers.Count)}',scale=w='max(2,trunc(ih*dar/2)*2)':h=ih:flags=bicubic+accurate_rnd+full_chroma_int{matrix}",
            ["-frames:v", numbers.Count.ToString(CultureInfo.InvariantCulture)], tools, cancellation);
    }

    /// <summary>Reads the next frame.</summary>
    /// <returns>False at the end, also when the rest cannot be decoded.</returns>
    /// <exception cref="AInimException">Nothing at all can be decoded.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public bool Read()
    {
        if (ReadFrame())
        {
            Count++;
            return true;
        }
        _ffmpeg.DrainOutput();
        int exitCode = _ffmpeg.WaitForExit();
        _cancellation.ThrowIfCancellationRequested();
        if (ChildProcess.WasKilled(exitCode))
            throw new AInimException(ExitCode.Environment, $"cannot decode '{LocalInput.Show(_info.Path)}': {_ffmpeg.Reason(exitCode)}. Run again.");
        if (Count == 0)
            throw LocalInput.Error(_info.Path, "decode", $"{_ffmpeg.Errors.Reason ?? "it has no frames"}. Check the file.");
        return false;
    }

    /// <summary>Ends ffmpeg.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _ffmpeg.Dispose();
    }

    /// <summary>A search tree: a sum of comparisons would be evaluated in full for every frame, and ffmpeg takes no hundred of them.</summary>
    private static string OneOf(IReadOnlyList<long> numbers, int from, int to)
    {
        if (to - from == 1)
            return string.Create(CultureInfo.InvariantCulture, $"eq(n,{numbers[from]})");
        int middle = (from + to) / 2;
        return string.Create(CultureInfo.InvariantCulture, $"if(lt(n,{numbers[middle]}),{OneOf(numbers, from, middle)},{OneOf(numbers, middle, to)})");
    }

    /// <summary>"P7", lines of a name and a number, "ENDHDR", and the pixels.</summary>
    private bool ReadFrame()
    {
        if (!PamHeader.TryRead(_ffmpeg.Output, out int width, out int height))
            return false;
        (Width, Height) = (width, height);
        int size = checked(width * height * 4);
        if (_pixels.Length < size)
            _pixels = new byte[size];
        return _ffmpeg.Output.ReadAtLeast(_pixels.AsSpan(0, size), size, throwOnEndOfStream: false) == size;
    }
}
