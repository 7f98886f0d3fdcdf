using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media;

namespace AInimEngine.Engine.Offline;

/// <summary>The part of a track that is rendered, in samples and frames, with its fades.</summary>
/// <param name="FirstSample">First sample in the track.</param>
/// <param name="SampleCount">Number of samples.</param>
/// <param name="Timeline">Frame rate and sample rate; frame 0 begins at <paramref name="FirstSample"/>.</param>
/// <param name="FadeInSeconds">From black.</param>
/// <param name="FadeOutSeconds">To black.</param>
/// <param name="SyncOffsetSamples">Positive shows what is heard later.</param>
public sealed record RenderRange(
    long FirstSample,
    long SampleCount,
    FrameTimeline Timeline,
    double FadeInSeconds,
    double FadeOutSeconds,
    long SyncOffsetSamples)
{
    /// <summary>round(duration*fps).</summary>
    public long FrameCount => Timeline.FrameCount(SampleCount);

    /// <summary>Decoded samples over their rate.</summary>
    public double Seconds => (double)SampleCount / Timeline.SampleRate;

    /// <summary>Reads the range that a request means of a track with <paramref name="samples"/> samples.</summary>
    /// <exception cref="AInimException">It lies outside the track.</exception>
    public static RenderRange Of(RenderRequest request, long samples)
    {
        long first = (long)Math.Round(request.FromSeconds * AudioFile.SampleRate);
        long end = request.ToSeconds is { } to ? Math.Min(samples, (long)Math.Round(to * AudioFile.SampleRate)) : samples;
        if (first >= end && first < samples)
            throw new AInimException(ExitCode.Usage, $"--from {request.FromSeconds:g6} s to --to {request.ToSeconds:g6} s holds no sound. Give a later --to.");
        if (first >= end)
            throw new AInimException(ExitCode.Input, $"--from {request.FromSeconds:g6} s lies at or after the end of '{request.Input}', which lasts {(double)samples / AudioFile.SampleRate:f2} s. Give an earlier start.");
        return new RenderRange(
            first,
            end - first,
            new FrameTimeline(request.Fps, AudioFile.SampleRate),
            request.FadeInSeconds,
            request.FadeOutSeconds,
            (long)Math.Round(request.SyncOffsetMilliseconds * AudioFile.SampleRate / 1000));
    }

    /// <summary>0 (black) to 1 at the middle of a frame.</summary>
    public float Fade(long frame)
    {
        double at = (frame + 0.5) * Timeline.Fps.Denominator / Timeline.Fps.Numerator;
        double fade = 1;
        if (FadeInSeconds > 0)
            fade = Math.Min(fade, at / FadeInSeconds);
        if (FadeOutSeconds > 0)
            fade = Math.Min(fade, (Seconds - at) / FadeOutSeconds);
        return (float)Math.Clamp(fade, 0, 1);
    }
}
