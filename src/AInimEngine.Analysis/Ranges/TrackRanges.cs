using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Ranges;

/// <summary>The ranges of a scanned track; never changes.</summary>
public sealed class TrackRanges : IRangeSource
{
    private readonly float[] _low, _high;

    /// <summary>Takes the ranges of a summary.</summary>
    /// <exception cref="InvalidDataException">They are not those of today's features.</exception>
    public TrackRanges(TrackSummary summary)
    {
        Check(summary);
        _low = [.. summary.Ranges.SelectMany(range => range.Low)];
        _high = [.. summary.Ranges.SelectMany(range => range.High)];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Low => _low;

    /// <inheritdoc/>
    public ReadOnlySpan<float> High => _high;

    /// <inheritdoc/>
    public void Observe(FeatureFrame frame)
    {
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer) => writer.Section("analysis.ranges.track", 1);

    /// <inheritdoc/>
    public void Restore(StateReader reader) => reader.Section("analysis.ranges.track", 1);

    internal static void Check(TrackSummary summary)
    {
        IReadOnlyList<FeatureRow> rows = FeatureTable.Rows;
        bool fits = summary.Ranges.Count == rows.Count;
        for (int i = 0; fits && i < rows.Count; i++)
        {
            FeatureRange range = summary.Ranges[i];
            fits = range.Name == rows[i].Name && range.Low.Count == rows[i].Length && range.High.Count == rows[i].Length
                && range.Low.Zip(range.High).All(pair => float.IsFinite(pair.First) && float.IsFinite(pair.Second) && pair.First < pair.Second);
        }
        if (!fits)
            throw new InvalidDataException("the track summary holds other features than these: scan the track again");
    }
}
