namespace AInimEngine.Analysis.Features;

/// <summary>One feature: a row of <see cref="FeatureTable"/>, from which layout, ranges and documentation are made.</summary>
/// <param name="Name">Name of the normalised field; the raw one has "raw." before it.</param>
/// <param name="Length">Number of floats.</param>
/// <param name="Unit">Unit of the raw value.</param>
/// <param name="Min">Smallest raw value.</param>
/// <param name="Max">Largest raw value.</param>
/// <param name="Description">One sentence about the raw value.</param>
/// <param name="Formula">How it is computed, with its source.</param>
/// <param name="Instant">Which instant it speaks of.</param>
/// <param name="Averaging">How hops become a frame.</param>
/// <param name="Rule">How the normalising range is found.</param>
/// <param name="Scale">Scale on which it is normalised.</param>
/// <param name="LowPercentile">Share of frames below the range, 0..1.</param>
/// <param name="HighPercentile">Share of frames below the top of the range, 0..1.</param>
/// <param name="LeastTop">The top of the range is never lower: what is too quiet to see stays dark. On the scale.</param>
/// <param name="LeastWidth">The range is never narrower, so that noise is not amplified. On the scale.</param>
/// <param name="LeastShare">Nor narrower than this share of its top.</param>
/// <param name="Silent">Raw value where there is no sound.</param>
public sealed record FeatureRow(
    string Name,
    int Length,
    string Unit,
    float Min,
    float Max,
    string Description,
    string Formula,
    string Instant,
    Averaging Averaging,
    RangeRule Rule,
    FeatureScale Scale = FeatureScale.Linear,
    float LowPercentile = 0,
    float HighPercentile = 1,
    float LeastTop = float.NegativeInfinity,
    float LeastWidth = 0,
    float LeastShare = 0,
    float Silent = 0)
{
    /// <summary>A raw value on the scale of the range.</summary>
    internal float ToScale(float value) => Scale switch
    {
        FeatureScale.Loudness => MathF.Pow(Math.Max(value, 0), 0.6f),
        FeatureScale.Octaves => value <= 1 ? 0 : MathF.Log2(value),
        _ => value,
    };
}
