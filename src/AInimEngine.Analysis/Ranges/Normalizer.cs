using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Ranges;

/// <summary>
/// Fills the normalised half of a raw frame: 0..1 over the range of each feature, with a soft knee below 1, and 0 in
/// silence (or the middle, for what has two sides), which it reaches from the last heard value within <see cref="ReleaseSeconds"/>. Frames must come in order.
/// </summary>
/// <param name="ranges">Which raw values become 0 and 1.</param>
public sealed class Normalizer(IRangeSource ranges) : IStateful
{
    /// <summary>How long values take to fall to 0 when silence begins.</summary>
    public const float ReleaseSeconds = 0.12f;

    /// <summary>Values up to here are proportional; above, they bend so that 1 is reached with 1.15 ranges.</summary>
    private const float Knee = 0.85f;

    /// <summary>The floats that are neither onsets nor the gate itself.</summary>
    private static readonly int[] s_levels = [.. Enumerable.Range(0, Slot.Count).Where(i => FeatureTable.RowOf[i].Averaging != Averaging.Strongest && i is not (Slot.Audible or Slot.Silence))];

    /// <summary>Where values come to rest in silence: at 0, but those of a fixed range where their raw value rests (balance: the middle).</summary>
    private static readonly float[] s_rest = [.. FeatureTable.RowOf.Select(row => row.Rule == RangeRule.Fixed ? (row.Silent - row.Min) / (row.Max - row.Min) : 0)];

    private readonly float[] _held = new float[Slot.Count];
    private float _release;

    /// <summary>Normalises a frame of <see cref="FeatureTable.Layout"/> whose raw half is filled.</summary>
    public void Apply(FeatureFrame frame)
    {
        ranges.Observe(frame);
        Span<float> shown = frame.Values.AsSpan(0, FeatureTable.RawOffset);
        ReadOnlySpan<float> raw = frame.Values.AsSpan(FeatureTable.RawOffset);
        bool audible = raw[Slot.Audible] > 0;
        float seconds = (float)frame.SampleCount / Hop.SampleRate;
        _release = audible ? 1 : Math.Max(0, _release - seconds / ReleaseSeconds);
        ReadOnlySpan<float> low = ranges.Low, high = ranges.High;
        foreach (int i in s_levels)
        {
            FeatureRow row = FeatureTable.RowOf[i];
            float level = (row.ToScale(raw[i]) - low[i]) / (high[i] - low[i]), rest = s_rest[i];
            if (audible)
                _held[i] = row.Rule == RangeRule.Fixed ? Math.Clamp(level, 0, 1) : Bend(level);
            shown[i] = rest + (_held[i] - rest) * _release;
        }

        // An onset has its instant and does not linger; where it lies in the frame becomes a share of the frame.
        for (int i = Slot.Onset; i < Slot.OnsetAt; i++)
        {
            shown[i] = audible ? Bend((raw[i] - low[i]) / (high[i] - low[i])) : 0;
            shown[i + Slot.OnsetAt - Slot.Onset] = audible && raw[i] > 0 ? raw[i + Slot.OnsetAt - Slot.Onset] / frame.SampleCount : 0;
        }
        shown[Slot.Audible] = _release;
        shown[Slot.Silence] = 1 - _release;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_held);
        _release = 0;
        ranges.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.normalizer", 1);
        writer.Write<float>(_held);
        writer.Write(_release);
        ranges.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.normalizer", 1);
        reader.Read<float>(_held);
        _release = reader.Read<float>();
        ranges.Restore(reader);
    }

    /// <summary>Clamps to 0..1; above the knee a parabola of slope 1 that ends flat at 1.</summary>
    private static float Bend(float x)
    {
        if (x <= Knee)
            return Math.Max(0, x);
        float over = Math.Min(x - Knee, 2 * (1 - Knee));
        return Knee + over - over * over / (4 * (1 - Knee));
    }
}
