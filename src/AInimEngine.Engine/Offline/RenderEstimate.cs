using System.Diagnostics;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Time;
using AInimEngine.Mapping;

namespace AInimEngine.Engine.Offline;

/// <summary>What a render will take: measured on a few pictures that nobody sees, and rules of thumb for encoders.</summary>
public static class RenderEstimate
{
    private const int WarmUp = 2, Measured = 6;

    // Starting and ending an encoder for a segment, joining, and following the sound without drawing, seen on two slow cores.
    private const double SecondsPerSegment = 0.15, JoinSeconds = 0.7, SecondsPerSkippedFrame = 0.0005;

    /// <summary>Wall seconds from the plan to the finished file.</summary>
    /// <param name="secondsPerFrame">From <see cref="SecondsPerFrameAsync"/>.</param>
    /// <param name="framesLeft">Frames still to be drawn.</param>
    /// <param name="manifest">How they are cut into segments.</param>
    /// <param name="firstSegment">The first segment still to be made.</param>
    /// <param name="range">What is followed before a cut.</param>
    public static double Seconds(double secondsPerFrame, long framesLeft, RenderManifest manifest, int firstSegment, RenderRange range)
    {
        long skipped = framesLeft == 0 ? 0 : range.Timeline.FrameOf(range.FirstSample);
        return secondsPerFrame * (framesLeft + Math.Min(skipped, FrameProducer.PreRollFrames(range.Timeline)))
            + SecondsPerSkippedFrame * skipped + SecondsPerSegment * (manifest.SegmentCount - firstSegment) + JoinSeconds;
    }

    /// <summary>Wall seconds a frame. Leaves mapper and painter as they were before their first frame.</summary>
    public static async Task<double> SecondsPerFrameAsync(Scene scene, Mapper mapper, PainterThread painter, RenderRequest request, string codec)
    {
        using var slot = new PictureSlot(mapper.Layout, scene.PictureWidth, scene.PictureHeight);
        using var video = new VideoSlot(request.Width, request.Height);
        var silence = new FeatureFrame(scene.Sources.Layout);
        double decode = 0, paint = 0;
        for (int frame = 0; frame < WarmUp + Measured; frame++)
        {
            long start = Stopwatch.GetTimestamp();
            mapper.Map(silence, new FrameTime(frame, request.Fps), slot.Controls);
            scene.Decode(slot.Controls, slot.Picture);
            double decoded = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            await painter.RunAsync(p =>
            {
                p.Paint(slot);
                p.Fetch(video);
            });
            if (frame < WarmUp)
                continue;
            decode += decoded / Measured;
            paint += Stopwatch.GetElapsedTime(start).TotalSeconds / Measured;
        }
        mapper.Reset();
        await painter.RunAsync(p => p.Reset());
        return decode + paint + EncodeSeconds(codec, request);
    }

    /// <summary>Bytes of the final file, within a factor of two or so: it depends on how much the picture moves.</summary>
    public static long Bytes(RenderRequest request, string codec, double seconds, double fps)
    {
        double bitsPerPixel = codec switch
        {
            "h264" => 0.22,
            "h265" => 0.14,
            "vp9" or "av1" => 0.12,
            "prores" => 4.5,
            "prores4444" => 9,
            "ffv1" or "gif" => 11,
            _ => 0.25,
        };
        return (long)(bitsPerPixel / 8 * request.Width * request.Height * fps * seconds + 40_000 * seconds);
    }

    // Milliseconds that a 1280x720 picture takes the encoder beside the other stages; docs/benchmarks.md has H.264's.
    private static double EncodeSeconds(string codec, RenderRequest request)
    {
        double milliseconds = codec switch { "h264" => 5, "h265" => 25, "vp9" or "av1" => 40, "prores" => 12, _ => 10 };
        return milliseconds / 1000 * request.Width * request.Height / (1280.0 * 720);
    }
}
