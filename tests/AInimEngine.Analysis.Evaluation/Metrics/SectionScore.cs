namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>How well the boundaries between sections match: at 0.5 s and at 3 s, the two windows of MIREX.</summary>
/// <param name="Near">Within 0.5 s.</param>
/// <param name="Far">Within 3 s.</param>
internal readonly record struct SectionScore(EventScore Near, EventScore Far)
{
    /// <summary>
    /// Scores boundaries in seconds, rising. Start and end of the track should be left out: they are always right and would
    /// flatter (mir_eval: trim).
    /// </summary>
    internal static SectionScore Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate) =>
        new(EventScore.Of(truth, estimate, 0.5), EventScore.Of(truth, estimate, 3));
}
