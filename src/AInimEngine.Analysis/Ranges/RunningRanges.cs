using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Ranges;

/// <summary>
/// Ranges learned on the way, for live sound: each bound follows its percentile of the last ten seconds or so, and stands
/// still in silence, so that a pause does not turn the gain up.
/// </summary>
/// <remarks>
/// A bound moves up by p and down by 1 - p of a step, so that it rests where a share p of the frames lies below it
/// (stochastic approximation of a quantile; Robbins and Monro 1951). The step is the present width over
/// <see cref="Seconds"/>. Tops rise at once to 0.6 of what is heard, as in <see cref="TrackScan"/>.
/// </remarks>
public sealed class RunningRanges : IRangeSource
{
    /// <summary>Time in which a bound can cross the range.</summary>
    public const float Seconds = 10;

    private const float RareShare = 0.6f, OnsetShare = 0.3f;

    private readonly float[] _bottom = new float[Slot.Count], _top = new float[Slot.Count];
    private readonly float[] _low = new float[Slot.Count], _high = new float[Slot.Count];
    private bool _begun;

    /// <summary>Makes ranges as narrow as they may be, at their least top.</summary>
    public RunningRanges() => Reset();

    /// <inheritdoc/>
    public ReadOnlySpan<float> Low => _low;

    /// <inheritdoc/>
    public ReadOnlySpan<float> High => _high;

    /// <inheritdoc/>
    public void Observe(FeatureFrame frame)
    {
        ReadOnlySpan<float> raw = frame.Values.AsSpan(FeatureTable.RawOffset);
        if (raw[Slot.Audible] <= 0)
            return;
        float time = (float)frame.SampleCount / Hop.SampleRate / Seconds, largestClass = 0;
        for (int i = 0; i < Chroma.Classes; i++)
            largestClass = Math.Max(largestClass, raw[Slot.Chroma + i]);
        for (int i = 0; i < Slot.Count; i++)
        {
            FeatureRow row = FeatureTable.RowOf[i];
            switch (row.Rule)
            {
                case RangeRule.Percentile:
                    Follow(i, row, row.ToScale(raw[i]), time);
                    break;
                case RangeRule.Classes:
                    Follow(i, row, largestClass, time);
                    break;
                case RangeRule.Onsets when raw[i] > 0:
                    // Large ones pull at once and much, small ones slowly: the square of the scan, one by one.
                    float pull = raw[i] > _top[i] ? OnsetShare : 0.1f * raw[i] * raw[i] / Math.Max(_top[i] * _top[i], 1e-6f) * (1 - row.HighPercentile);
                    _top[i] += pull * (raw[i] - _top[i]);
                    break;
            }
            Mend(i, row);
        }
        _begun = true;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _begun = false;
        for (int i = 0; i < Slot.Count; i++)
        {
            FeatureRow row = FeatureTable.RowOf[i];
            _bottom[i] = RangeBounds.Of(row).Min;
            _top[i] = row.Rule == RangeRule.Fixed ? row.Max : Math.Max(row.LeastTop, _bottom[i] + row.LeastWidth);
            Mend(i, row);
        }
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.ranges.running", 1);
        writer.Write(_begun);
        writer.Write<float>(_bottom);
        writer.Write<float>(_top);
        writer.Write<float>(_low);
        writer.Write<float>(_high);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.ranges.running", 1);
        _begun = reader.Read<bool>();
        reader.Read<float>(_bottom);
        reader.Read<float>(_top);
        reader.Read<float>(_low);
        reader.Read<float>(_high);
    }

    private void Follow(int i, FeatureRow row, float value, float time)
    {
        if (!_begun)
        {
            // The first sound is taken for an ordinary one: it shows at the middle.
            float width = Math.Max(row.LeastWidth, Math.Max(row.LeastShare * value, 0.1f * Math.Abs(value)));
            (_bottom[i], _top[i]) = (value - width, value + width);
        }
        float step = Math.Max(_top[i] - _bottom[i], row.LeastWidth) * time;
        _top[i] += value > _top[i] ? 4 * step * row.HighPercentile : -4 * step * (1 - row.HighPercentile);
        _bottom[i] += value > _bottom[i] ? 4 * step * row.LowPercentile : -4 * step * (1 - row.LowPercentile);
        if (row.Scale == FeatureScale.Loudness)
            _top[i] = Math.Max(_top[i], RareShare * value);
        _bottom[i] = Math.Min(_bottom[i], _top[i]);
    }

    private void Mend(int i, FeatureRow row) =>
        (_low[i], _high[i]) = row.Rule == RangeRule.Fixed ? (row.Min, row.Max) : RangeBounds.Mend(row, _bottom[i], _top[i]);
}
