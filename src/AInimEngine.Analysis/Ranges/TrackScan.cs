using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Onsets;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Ranges;

/// <summary>
/// The first pass over a track: takes its sound and gives a <see cref="TrackSummary"/>. An hour needs no more memory than
/// a minute. Allocates nothing per block.
/// </summary>
/// <remarks>
/// Ranges are those of frames of 1024 samples (46.875 a second), made as the frames of any picture rate are: the summary
/// does not depend on the frame rate of the video.
/// </remarks>
public sealed class TrackScan
{
    private const int FrameSize = 1024;
    private const double AbsoluteGate = Lufs.Floor;

    /// <summary>A range reaches at least this share of the loudest moments, so that a rare drop is more than a clipped blink.</summary>
    private const float RareShare = 0.6f;
    private const double Rare = 0.998;

    private readonly FrameFeatures _features;
    private readonly FeatureFrame _frame = new(FeatureTable.Layout);
    private readonly FeatureHistogram[] _histograms = [.. FeatureTable.RowOf.Select(row => new FeatureHistogram(RangeBounds.Of(row).Min, RangeBounds.Of(row).Max))];
    private readonly OnsetCollector _onsets = new();
    private readonly FeatureHistogram _blocks = new(-70, 32);
    private long _samples;
    private double _square, _audible;
    private float _peak;

    /// <summary>Makes a scan at the start of a track.</summary>
    /// <param name="bands">Bands that the preset asks for; none when null.</param>
    public TrackScan(FreeBands? bands = null)
        : this([], bands)
    {
    }

    /// <summary>The same, and <paramref name="listeners"/> hear every spectrum.</summary>
    internal TrackScan(ISpectrumListener[] listeners, FreeBands? bands = null) =>
        _features = new FrameFeatures(new FrameTimeline(new Rational(Hop.SampleRate, FrameSize), Hop.SampleRate), 0, listeners, bands, _onsets);

    /// <summary>The note onsets of the track; empty before <see cref="Complete"/>.</summary>
    public OnsetTrack Onsets { get; private set; } = new([], [], [], []);

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    public void Write(in AudioBlock block)
    {
        _features.Write(block);
        _samples += block.Length;
        Drain();
    }

    /// <summary>The track ends here.</summary>
    public TrackSummary Complete()
    {
        _features.Complete((_samples + FrameSize - 1) / FrameSize);
        Drain();
        Onsets = _onsets.Complete();
        double length = Math.Max(1, _samples);
        return new TrackSummary(
            TrackSummary.CurrentVersion,
            _samples,
            _peak,
            (float)Math.Sqrt(_square / length),
            Loudness(),
            _samples == 0 ? 1 : (float)Math.Clamp(1 - _audible / length, 0, 1),
            Ranges());
    }

    private void Drain()
    {
        while (_features.TryRead(_frame))
            Count(_frame.Values.AsSpan(FeatureTable.RawOffset));
    }

    private void Count(ReadOnlySpan<float> raw)
    {
        _peak = Math.Max(_peak, raw[Slot.Peak]);
        _square += (double)raw[Slot.Rms] * raw[Slot.Rms] * FrameSize;
        _audible += Math.Min((double)raw[Slot.Audible] * FrameSize, _samples - _frame.FirstSample);

        // The first 400 ms have no whole block behind them.
        if (_frame.FirstSample + FrameSize >= Hop.SampleRate * 2 / 5)
            _blocks.Add(raw[Slot.Loudness]);
        if (raw[Slot.Audible] <= 0)
            return;
        float largestClass = 0;
        for (int i = 0; i < Slot.Count; i++)
        {
            FeatureRow row = FeatureTable.RowOf[i];
            switch (row.Rule)
            {
                case RangeRule.Percentile:
                    _histograms[i].Add(row.ToScale(raw[i]));
                    break;
                case RangeRule.Onsets when raw[i] > 0:
                    // By its square: a thousand faint ripples of a pad must not outvote twenty hits.
                    _histograms[i].Add(raw[i], (double)raw[i] * raw[i]);
                    break;
                case RangeRule.Classes:
                    largestClass = Math.Max(largestClass, raw[i]);
                    break;
            }
        }
        _histograms[Slot.Chroma].Add(largestClass);
    }

    private FeatureRange[] Ranges()
    {
        var ranges = new FeatureRange[FeatureTable.Rows.Count];
        int at = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            FeatureRow row = FeatureTable.Rows[i];
            float[] low = new float[row.Length], high = new float[row.Length];
            for (int j = 0; j < row.Length; j++)
            {
                FeatureHistogram histogram = _histograms[row.Rule == RangeRule.Classes ? at : at + j];
                (low[j], high[j]) = row.Rule == RangeRule.Fixed ? (row.Min, row.Max) : Range(row, histogram);
            }
            ranges[i] = new FeatureRange(row.Name, low, high);
            at += row.Length;
        }
        return ranges;
    }

    private static (float Low, float High) Range(FeatureRow row, FeatureHistogram histogram)
    {
        float high = histogram.Percentile(row.HighPercentile);
        if (row.Scale == FeatureScale.Loudness)
            high = Math.Max(high, RareShare * histogram.Percentile(Rare));
        return RangeBounds.Mend(row, histogram.Percentile(row.LowPercentile), high);
    }

    private float Loudness()
    {
        if (_blocks.IsEmpty)
            return Lufs.Floor;
        double ungated = _blocks.Mean(Lufs.Power, AbsoluteGate + 0.1);
        if (ungated <= 0)
            return Lufs.Floor;
        double gate = Lufs.Of(ungated) + Lufs.RelativeGate;
        return (float)Lufs.Of(_blocks.Mean(Lufs.Power, Math.Max(gate, AbsoluteGate + 0.1)));
    }
}
