namespace AInimEngine.Analysis.Beats;

/// <summary>How the likelihoods of an <see cref="IBeatActivation"/> are to be read.</summary>
/// <param name="Neutral">Likelihood that speaks neither for nor against a beat, 0..1: a sixteenth where one frame in sixteen is a beat.</param>
/// <param name="Sharpness">Factor on the logarithm of the odds: below 1 where neighbouring frames repeat each other.</param>
/// <param name="OffBeat">
/// Share of the evidence of a beat that is excused half-way between beats, 0..1: 0 where the likelihood tells beats from
/// other onsets, more where it rises at every onset.
/// </param>
/// <param name="OffsetSamples">Samples from the instant of a frame to the beat it speaks of, after its delay is taken off.</param>
/// <param name="Least">Likelihood below which it is taken for this: how much the lack of an onset speaks against a beat.</param>
internal readonly record struct BeatCalibration(double Neutral, double Sharpness, double OffBeat, double OffsetSamples, double Least = 0.02)
{
    /// <summary>For a likelihood that was trained on beats at the frames where they are.</summary>
    internal static BeatCalibration Learned { get; } = new(1.0 / 16, 1, 0.4, 0) { IsLearned = true };

    /// <summary>The likelihood tells beats from other onsets, and downbeats from other beats.</summary>
    internal bool IsLearned { get; init; }

    /// <summary>For <see cref="FluxBeatActivation"/>.</summary>
    internal static BeatCalibration Flux { get; } = new(0.05, 0.7, 0.6, 0, 0.01);

    /// <summary>Logarithm of the odds for a beat against the odds at <see cref="Neutral"/>, sharpened and bounded.</summary>
    internal float Evidence(float likelihood)
    {
        double p = float.IsNaN(likelihood) ? 0 : Math.Clamp(likelihood, Least, 0.98);
        return (float)(Sharpness * (Math.Log(p / (1 - p)) - Math.Log(Neutral / (1 - Neutral))));
    }
}
