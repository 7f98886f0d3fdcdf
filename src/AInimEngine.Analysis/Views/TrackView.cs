using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Views;

/// <summary>
/// A track as something to look at: waveform, spectrogram and every feature in evenly spaced columns, of which there are
/// never more than asked for. Made by a second pass, once the ranges of the features are known. One thread.
/// </summary>
public sealed class TrackView
{
    private const int FinestColumn = 1024;

    private readonly FrameFeatures _features;
    private readonly Normalizer _normalizer;
    private readonly SpectrogramPainter _spectrogram;
    private readonly FeatureFrame _frame = new(FeatureTable.Layout);
    private readonly float[] _values, _low, _high;
    private readonly int _columnSize;
    private long _samples;
    private int _next;

    /// <summary>Makes an empty view.</summary>
    /// <param name="summary">Ranges and length of the track.</param>
    /// <param name="mostColumns">Columns are 1024 samples long (46.875 a second), or a multiple of that for a track with more of them.</param>
    public TrackView(TrackSummary summary, int mostColumns)
    {
        long finest = (summary.SampleCount + FinestColumn - 1) / FinestColumn;
        int step = (int)Math.Clamp((finest + mostColumns - 1) / mostColumns, 1, Hop.SampleRate / FinestColumn);
        _columnSize = FinestColumn * step;
        Count = (int)((summary.SampleCount + _columnSize - 1) / _columnSize);
        _spectrogram = new SpectrogramPainter(Count, _columnSize / Hop.Size);
        _features = new FrameFeatures(new FrameTimeline(new Rational(Hop.SampleRate, _columnSize), Hop.SampleRate), 0, [_spectrogram]);
        _normalizer = new Normalizer(new TrackRanges(summary));
        _values = new float[Count * FeatureTable.Layout.Size];
        _low = new float[Count];
        _high = new float[Count];
    }

    /// <summary>Number of columns.</summary>
    public int Count { get; }

    /// <summary>Columns a second.</summary>
    public double Rate => (double)Hop.SampleRate / _columnSize;

    /// <summary>Smallest sample of each column, left and right averaged.</summary>
    public IReadOnlyList<float> Low => _low;

    /// <summary>Largest sample of each column.</summary>
    public IReadOnlyList<float> High => _high;

    /// <summary>Bands of the spectrogram, a constant ratio apart from <see cref="LowestBand"/> to <see cref="HighestBand"/>.</summary>
    public static int Bands => SpectrogramPainter.Bands;

    /// <summary>Lower edge of the spectrogram, Hz.</summary>
    public static double LowestBand => SpectrogramPainter.Lowest;

    /// <summary>Upper edge of the spectrogram, Hz.</summary>
    public static double HighestBand => SpectrogramPainter.Highest;

    /// <summary>Column after column, each from low to high; 0 is -84 dBFS and less, 255 is -12 dBFS and more.</summary>
    public ReadOnlySpan<byte> Spectrogram => _spectrogram.Pixels;

    /// <summary>Features of a column, as <see cref="FeatureTable.Layout"/>.</summary>
    public ReadOnlySpan<float> Features(int column) => _values.AsSpan(column * FeatureTable.Layout.Size, FeatureTable.Layout.Size);

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    public void Write(in AudioBlock block)
    {
        Draw(block.Samples);
        _features.Write(block);
        Drain();
    }

    /// <summary>The track ends here.</summary>
    public void Complete()
    {
        _features.Complete(Count);
        Drain();
    }

    private void Draw(ReadOnlySpan<float> stereo)
    {
        for (int i = 0; i + 1 < stereo.Length; i += 2, _samples++)
        {
            long column = _samples / _columnSize;
            if (column >= Count)
                return;
            float sample = (stereo[i] + stereo[i + 1]) / 2;
            _low[column] = Math.Min(_low[column], sample);
            _high[column] = Math.Max(_high[column], sample);
        }
    }

    private void Drain()
    {
        while (_next < Count && _features.TryRead(_frame))
        {
            _normalizer.Apply(_frame);
            _frame.Values.CopyTo(_values.AsSpan(_next++ * FeatureTable.Layout.Size));
        }
    }
}
