namespace AInimEngine.Analysis.Beats;

/// <summary>The time grid of beat tracking: every second spectrum. Frame m is the spectrum of hop 2 m.</summary>
internal static class BeatClock
{
    /// <summary>Samples from a frame to the next.</summary>
    internal const int FrameSize = 2 * Hop.Size;

    /// <summary>Frames a second, 93.75.</summary>
    internal const double Rate = (double)Hop.SampleRate / FrameSize;

    /// <summary>Samples from the instant that a frame speaks of to the end of its window: a live analyser knows it so late.</summary>
    internal const int WindowAfter = Hop.WindowSize / 2;

    /// <summary>Sample on which the window of frame <paramref name="frame"/> is centred.</summary>
    internal static double Centre(double frame) => frame * FrameSize + Hop.Half;

    /// <summary>Beats a minute of an interval in frames.</summary>
    internal static double Bpm(double interval) => 60 * Rate / interval;
}
