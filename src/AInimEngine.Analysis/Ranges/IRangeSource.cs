using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Ranges;

/// <summary>
/// Says which raw values become 0 and 1. Known beforehand for a track (<see cref="TrackRanges"/>), or learned on the way
/// when live (<see cref="RunningRanges"/>).
/// </summary>
public interface IRangeSource : IStateful
{
    /// <summary>Bottom of each float's range, on the feature's scale; as many as a half of the layout.</summary>
    ReadOnlySpan<float> Low { get; }

    /// <summary>Top of each float's range, above the bottom.</summary>
    ReadOnlySpan<float> High { get; }

    /// <summary>Hears a raw frame before it is normalised.</summary>
    void Observe(FeatureFrame frame);
}
