namespace AInimEngine.Analysis.Beats;

/// <summary>What the trackers assume of music before they hear any. Immutable; the defaults were chosen on the tuning part of the evaluation.</summary>
internal sealed record BeatModel
{
    /// <summary>Of the causal tracker.</summary>
    internal static BeatModel Causal { get; } = new() { Trust = 0.5, Pull = 0.5, Steadiness = 60 };

    /// <summary>Of the whole-track tracker.</summary>
    internal static BeatModel WholeTrack { get; } = new();

    /// <summary>Beats a minute of the likeliest tempo.</summary>
    internal double PriorBpm { get; init; } = 115;

    /// <summary>Standard deviation of the logarithm of the tempo, in octaves.</summary>
    internal double PriorWidth { get; init; } = 0.55;

    /// <summary>How sharply an interval follows the one before: weight exp(-x |j/i - 1|). Live it must find back from a slip: 60.</summary>
    internal double Steadiness { get; init; } = 100;

    /// <summary>Share of the beats after which the tempo may be any.</summary>
    internal double Jumps { get; init; } = 1e-3;

    /// <summary>Share of each frame's belief that starts anew, anywhere: it ends what was learnt of a song that is over.</summary>
    internal double Restarts { get; init; } = 1e-6;

    /// <summary>Power of the prior in every change of interval.</summary>
    internal double Pull { get; init; } = 0.3;

    /// <summary>
    /// Factor on the evidence of each frame. Live, a few seconds must not settle what only a minute can: half as sharp
    /// gave 0.02 of F and 0.03 of AMLt on the tuning part. The whole track is weighed as it is.
    /// </summary>
    internal double Trust { get; init; } = 1;

    /// <summary>How many times likelier another tempo must be before it is followed.</summary>
    internal double Hysteresis { get; init; } = 1.5;

    /// <summary>Natural logarithm of the prior weight of an interval in frames, 0 at the likeliest.</summary>
    internal double LogPrior(double interval)
    {
        double octaves = Math.Log2(BeatClock.Bpm(interval) / PriorBpm) / PriorWidth;
        return -0.5 * octaves * octaves;
    }
}
