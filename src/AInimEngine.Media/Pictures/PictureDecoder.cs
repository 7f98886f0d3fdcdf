using System.Globalization;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Pictures;

/// <summary>
/// Decodes pictures from memory, row by row, so that a large one is never held whole. Only what makes the picture reaches
/// ffmpeg: no orientation, profile, thumbnail or second picture, all of which are the caller's by <see cref="PictureInfo"/>.
/// Any thread; each call runs its own ffmpeg.
/// </summary>
/// <param name="tools">Where ffmpeg is.</param>
public sealed class PictureDecoder(FFmpegTools tools)
{
    private const int MostRowBytes = 1 << 20;

    /// <summary>Whether pictures can go through one ffmpeg one after the other, of any sizes.</summary>
    /// <param name="one">Head of one.</param>
    /// <param name="other">Head of another.</param>
    public static bool CanShare(PictureInfo one, PictureInfo other) =>
        one.CanQueue && one.Demuxer == other.Demuxer && one.IsDeep == other.IsDeep;

    /// <summary>Decodes one picture.</summary>
    /// <param name="info">Its head.</param>
    /// <param name="file">Its file, whole.</param>
    /// <param name="rows">Takes the rows; what it took is void if this throws.</param>
    /// <param name="cancellation">Kills ffmpeg.</param>
    /// <exception cref="InvalidDataException">It cannot be decoded, or only with errors; the message says why in a few words.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Decode(PictureInfo info, byte[] file, PictureRow rows, CancellationToken cancellation)
    {
        byte[] content = Strip(info, file);
        using ChildProcess ffmpeg = Start(info, ["-frame_size", content.Length.ToString(CultureInfo.InvariantCulture)], ["-frames:v", "1"]);
        using CancellationTokenRegistration stop = cancellation.Register(ffmpeg.Kill);
        Feed(ffmpeg, [content]);
        var row = new byte[RowBytes(info)];
        int y = 0;
        while (y < info.Height && ffmpeg.Output.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) == row.Length)
            rows(0, y++, row);
        ffmpeg.DrainOutput();
        int exitCode = ffmpeg.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (y < info.Height || exitCode != 0 || ffmpeg.Errors.Reason is not null)
            throw new InvalidDataException($"damaged: {ffmpeg.Reason(exitCode)}");
    }

    /// <summary>
    /// Decodes several small pictures by one ffmpeg: starting it takes longer than decoding one. All or nothing: a single
    /// complaint, or a byte too few or too many, and no row is given; each is then decoded by itself to find the culprit.
    /// </summary>
    /// <param name="pictures">Heads and files, each of which can share with the others; the rows of all are held in memory.</param>
    /// <param name="rows">Takes the rows, picture by picture.</param>
    /// <param name="cancellation">Kills ffmpeg.</param>
    /// <returns>False when nothing was given.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public bool TryDecode(IReadOnlyList<(PictureInfo Info, byte[] File)> pictures, PictureRow rows, CancellationToken cancellation)
    {
        PictureInfo first = pictures[0].Info;
        if (pictures.Any(picture => !CanShare(picture.Info, first)))
            throw new ArgumentException("these cannot share one ffmpeg", nameof(pictures));
        long expected = pictures.Sum(picture => (long)RowBytes(picture.Info) * picture.Info.Height);
        using ChildProcess ffmpeg = Start(first, [], ["-autoscale", "0"]);
        using CancellationTokenRegistration stop = cancellation.Register(ffmpeg.Kill);
        Feed(ffmpeg, [.. pictures.Select(picture => Strip(picture.Info, picture.File))]);
        var all = new byte[expected + 1]; // one more: a picture too many would not be seen otherwise
        int length = ffmpeg.Output.ReadAtLeast(all, all.Length, throwOnEndOfStream: false);
        ffmpeg.DrainOutput();
        int exitCode = ffmpeg.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (length != expected || exitCode != 0 || ffmpeg.Errors.Reason is not null)
            return false;
        int at = 0;
        for (int i = 0; i < pictures.Count; i++)
        {
            int size = RowBytes(pictures[i].Info);
            for (int y = 0; y < pictures[i].Info.Height; y++, at += size)
                rows(i, y, all.AsSpan(at, size));
        }
        return true;
    }

    private ChildProcess Start(PictureInfo info, string[] input, string[] output) => ChildProcess.Start(tools.FFmpegPath,
    [
        "-hide_banner", "-nostdin", "-v", "error", "-noautorotate", "-threads", "1", "-protocol_whitelist", "pipe",
        "-f", info.Demuxer, .. input, "-i", "pipe:0", .. output, "-fps_mode", "passthrough",
        "-vf", $"scale=flags=bicubic+accurate_rnd+full_chroma_int,format={(info.IsDeep ? "rgba64le" : "rgba")}", "-f", "rawvideo", "pipe:1",
    ]);

    /// <summary>Writes on a thread of its own: ffmpeg may not read on before its output is taken.</summary>
    private static void Feed(ChildProcess ffmpeg, byte[][] contents)
    {
        ffmpeg.EnlargeInput();
        ffmpeg.EnlargeOutput();
        var thread = new Thread(() =>
        {
            try
            {
                foreach (byte[] content in contents)
                    ffmpeg.Input.Write(content);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // It has ended, or read enough; what it wrote tells.
            }
            ffmpeg.CloseInput();
        })
        {
            IsBackground = true, Name = "picture feeder",
        };
        thread.Start();
    }

    private static byte[] Strip(PictureInfo info, byte[] file) => info.Kind switch
    {
        "JPEG" => JpegHead.Strip(file),
        "PNG" => PngHead.Strip(file),
        _ => file,
    };

    private static int RowBytes(PictureInfo info)
    {
        long bytes = (long)info.Width * (info.IsDeep ? 8 : 4);
        return bytes <= MostRowBytes ? (int)bytes : throw new InvalidDataException($"{info.Width}x{info.Height} pixels are too many");
    }
}
