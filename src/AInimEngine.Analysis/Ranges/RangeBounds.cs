using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Ranges;

/// <summary>What every range obeys, however it was found: <see cref="FeatureRow.LeastTop"/> and the least widths.</summary>
internal static class RangeBounds
{
    /// <summary>Bounds of raw values on the scale: what histograms span.</summary>
    internal static (float Min, float Max) Of(FeatureRow row) => row.Rule switch
    {
        RangeRule.Onsets => (0, 4),
        RangeRule.Fixed => (row.Min, row.Max),
        _ => row.Scale switch
        {
            FeatureScale.Loudness => (0, row.ToScale(2)),
            FeatureScale.Octaves => row.Unit == "Hz" ? (4, 14) : (0, row.ToScale(row.Max)),
            _ => row.Unit == "LUFS" ? (-70, 10) : (row.Min, row.Max),
        },
    };

    /// <summary>Mends a range found in the sound.</summary>
    internal static (float Low, float High) Mend(FeatureRow row, float low, float high)
    {
        high = Math.Max(high, row.LeastTop);
        if (row.Rule == RangeRule.Classes)
            return (1f / Chroma.Classes, high);
        if (row.Rule == RangeRule.Onsets)
            return (0, high);
        float width = Math.Max(row.LeastWidth, row.LeastShare * high);

        // Widened downwards: a steady sound stays near the top, where it is heard.
        return (Math.Min(low, high - width), high);
    }
}
