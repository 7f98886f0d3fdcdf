using AInimEngine.Analysis.Onsets;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Features;

/// <summary>Makes one frame of the parts of the hops that lie in it, as <see cref="Averaging"/> says.</summary>
internal sealed class FrameBlend : IStateful
{
    private static readonly int[] s_mean = Those(Averaging.Mean), s_power = Those(Averaging.Power), s_weighted = Those(Averaging.Weighted);

    private readonly float[] _before = new float[Slot.Count];
    private readonly double[] _sums = new double[Slot.Count];
    private readonly float[] _strongest = new float[2 * SpectralFlux.Curves];
    private double _weights;
    private long _covered;

    /// <summary>Makes a blend that has heard silence.</summary>
    internal FrameBlend() => Reset();

    /// <summary>Adds the part of the hop that lies in [<paramref name="begin"/>, <paramref name="end"/>).</summary>
    internal void Add(FeatureFrame hop, long begin, long end)
    {
        ReadOnlySpan<float> now = hop.Values.AsSpan(FeatureTable.RawOffset);
        long first = hop.FirstSample, from = Math.Max(begin, first), to = Math.Min(end, first + Hop.Size);
        if (to <= from)
            return;

        // Up to an onset inside the hop, what was heard before it goes on.
        long onset = now[Slot.Onset] >= HopAnalyzer.Decisive ? first + (long)now[Slot.OnsetAt] : first;
        Add(_before, Math.Min(to, onset) - from);
        Add(now, to - Math.Max(from, onset));
        _covered += to - from;

        for (int curve = 0; curve < SpectralFlux.Curves; curve++)
        {
            float strength = now[Slot.Onset + curve];
            long at = first + (long)now[Slot.OnsetAt + curve];
            if (strength > _strongest[curve] && at >= begin && at < end)
                (_strongest[curve], _strongest[SpectralFlux.Curves + curve]) = (strength, at - begin);
        }
    }

    /// <summary>The hop is over; the next one comes after it.</summary>
    internal void End(FeatureFrame hop) => hop.Values.AsSpan(FeatureTable.RawOffset).CopyTo(_before);

    /// <summary>Writes the frame's features, all but those of its own samples, and begins the next.</summary>
    /// <param name="raw">A half of the layout.</param>
    /// <param name="length">Samples in the frame; those before the track count as silence.</param>
    internal void Take(Span<float> raw, long length)
    {
        foreach (int i in s_mean)
            raw[i] = (float)((_sums[i] + FeatureTable.RowOf[i].Silent * (double)(length - _covered)) / length);
        foreach (int i in s_power)
            raw[i] = (float)Math.Sqrt(_sums[i] / length);
        foreach (int i in s_weighted)
            raw[i] = _weights > 0 ? (float)(_sums[i] / _weights) : FeatureTable.RowOf[i].Silent;
        _strongest.CopyTo(raw[Slot.Onset..]);
        Clear();
    }

    /// <inheritdoc/>
    public void Reset()
    {
        for (int i = 0; i < Slot.Count; i++)
            _before[i] = FeatureTable.RowOf[i].Silent;
        Clear();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.blend", 1);
        writer.Write<float>(_before);
        writer.Write<double>(_sums);
        writer.Write<float>(_strongest);
        writer.Write(_weights);
        writer.Write(_covered);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.blend", 1);
        reader.Read<float>(_before);
        reader.Read<double>(_sums);
        reader.Read<float>(_strongest);
        _weights = reader.Read<double>();
        _covered = reader.Read<long>();
    }

    private void Add(ReadOnlySpan<float> features, long samples)
    {
        if (samples <= 0)
            return;
        double power = 0;
        for (int i = Slot.Bass; i < Slot.Bass + Slot.BroadCount; i++)
            power += (double)features[i] * features[i];
        power *= samples;
        _weights += power;
        foreach (int i in s_mean)
            _sums[i] += (double)features[i] * samples;
        foreach (int i in s_power)
            _sums[i] += (double)features[i] * features[i] * samples;
        foreach (int i in s_weighted)
            _sums[i] += features[i] * power;
    }

    private static int[] Those(Averaging averaging) =>
        [.. Enumerable.Range(0, Slot.Count).Where(i => FeatureTable.RowOf[i].Averaging == averaging)];

    private void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_strongest);
        _weights = 0;
        _covered = 0;
    }
}
