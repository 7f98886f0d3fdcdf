namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>How well estimated onsets match true ones: 25 ms window, as the onset task of MIREX has had since Böck.</summary>
internal static class OnsetScore
{
    private const double Window = 0.025;

    internal static EventScore Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate) => EventScore.Of(truth, estimate, Window);
}
