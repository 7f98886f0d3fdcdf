using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media;
using AInimEngine.Media.Video;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Engine.Safety;

/// <summary>Measures the flashes of a video file, frame after frame, by the meter that the limiter goes by.</summary>
public static class FlashCheck
{
    // ffmpeg scales to so many pixels a block side; the rest is averaged here, in linear light.
    private const int BlockSide = 4;

    /// <summary>Measures a whole file.</summary>
    /// <param name="path">Any video that ffmpeg reads.</param>
    /// <param name="progress">Told the share that is done, 0..1, a few times a second of film; null for nobody.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    /// <exception cref="AInimException">Missing, unreadable, or without video.</exception>
    public static FlashReport Run(string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        MediaInfo info = MediaInfo.Probe(path, cancellation: cancellation);
        MediaStream stream = info.RequireVideo();
        FlashGrid grid = FlashGrid.For(Math.Max(1, stream.Width), Math.Max(1, stream.Height));
        using SteadyFrames film = SteadyFrames.Open(info, grid.Columns * BlockSide, grid.Rows * BlockSide, cancellation);
        using var picture = new Image(film.Width, film.Height, PixelFormat.Rgba8);
        var meter = new FlashMeter(grid);
        var report = new FlashReport();
        float[] blocks = new float[grid.Count * 4];
        double duration = stream.Duration ?? info.Duration ?? 0;
        long every = Math.Max(1, (long)film.Fps.Value / 4);
        for (long frame = 0; film.Read(picture); frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            PictureBlocks.Reduce(picture.Bytes, picture.Width, picture.Height, grid, blocks);
            double seconds = new FrameTime(frame, film.Fps).Seconds;
            report.Add(meter.Add(blocks, seconds));
            if (frame % every == 0 && duration > 0)
                progress?.Report(Math.Min(1, seconds / duration));
        }
        progress?.Report(1);
        return report;
    }
}
