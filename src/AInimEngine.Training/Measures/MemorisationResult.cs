namespace AInimEngine.Training.Measures;

/// <summary>How near generated pictures are to the ones learned from.</summary>
/// <param name="Ratio">Median distance of generated pictures to their nearest training picture, over the median of training pictures to theirs: near 0 copies, about 1 none; NaN for fewer than two training pictures.</param>
/// <param name="CopiedShare">Share of generated pictures whose own <see cref="Neighbour.Ratio"/> is below <see cref="Memorisation.CopyRatio"/>.</param>
/// <param name="Nearest">The nearest neighbour of every generated picture, worst first.</param>
public sealed record MemorisationResult(double Ratio, double CopiedShare, IReadOnlyList<Neighbour> Nearest);
