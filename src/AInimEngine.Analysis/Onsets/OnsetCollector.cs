using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Onsets;

/// <summary>
/// Lists the notes of a whole track: peaks of the rise of the spectrum, over the whole band and in three, picked with a
/// look at both sides. Grows with the track; a minute of dense music takes some 30 kB.
/// </summary>
/// <remarks>
/// A peak is largest within 32 ms on either side and above the mean from 100 ms before to 70 ms after (Boeck, Krebs and
/// Schedl, "Evaluating the online capabilities of onset detection methods", ISMIR 2012, eq. 7 and 8; their offline
/// figures, our hop). Thresholds are those of best F on rendered compositions with their note-on times; they are lower than
/// those of <see cref="OnsetPicker"/>, which hears hits worth showing, not every note.
/// </remarks>
internal sealed class OnsetCollector
{
    private const int Near = 6, Before = 19, After = 13, Length = 64;

    /// <summary>Samples by which a note begins before the end of the window whose spectrum rises most.</summary>
    private const int Late = 1050;

    /// <summary>A located onset at most this far away, 20 ms, is the beginning of the note.</summary>
    private const int SameNote = 960;

    /// <summary>Decades over the mean, of the mean filter.</summary>
    private static readonly float[] s_thresholds = [1.2f / 137, 0.15f, 0.04f, 0.04f];

    private readonly float[] _curves = new float[SpectralFlux.Curves * Length];
    private readonly List<(long Sample, float Strength)>[] _picked = [new(4096), new(4096), new(4096), new(4096)];
    private readonly List<long> _located = new(4096);
    private long _newest = long.MinValue, _first;

    /// <summary>Hears the curves of a spectrum; hops come in order.</summary>
    /// <param name="hop">On which the window is centred.</param>
    /// <param name="rise">Sum over all filters.</param>
    /// <param name="bands">Means of low, mid and high.</param>
    internal void Hear(long hop, float rise, ReadOnlySpan<float> bands)
    {
        if (_newest == long.MinValue)
            _first = hop;
        _newest = hop;
        this[0, hop] = rise * (1f / 137);
        for (int band = 0; band < bands.Length; band++)
            this[band + 1, hop] = bands[band];
        if (hop - After >= _first)
            Pick(hop - After);
    }

    /// <summary>Takes the sample at which an onset was found to begin.</summary>
    internal void Locate(long sample) => _located.Add(sample);

    /// <summary>The track has ended: everything, in order of time.</summary>
    internal OnsetTrack Complete()
    {
        if (_newest != long.MinValue)
        {
            for (int i = 0; i < After; i++)
                Hear(_newest + 1, 0, [0, 0, 0]);
        }
        _located.Sort();
        return new OnsetTrack(Marks(0), Marks(1), Marks(2), Marks(3));
    }

    private ref float this[int curve, long hop] => ref _curves[curve * Length + (int)((hop + Length) % Length)];

    private void Pick(long hop)
    {
        for (int curve = 0; curve < SpectralFlux.Curves; curve++)
        {
            float peak = this[curve, hop];
            if (peak < s_thresholds[curve] || !IsLargest(curve, hop, peak))
                continue;
            float sum = 0;
            for (int i = -Before; i <= After; i++)
                sum += this[curve, hop + i];
            float strength = peak - sum / (Before + 1 + After);
            if (strength >= s_thresholds[curve])
                _picked[curve].Add((Math.Max(0, hop * Hop.Size + Hop.Half + Hop.WindowSize / 2 - Late), strength));
        }
    }

    private bool IsLargest(int curve, long hop, float peak)
    {
        for (int i = 1; i <= Near; i++)
        {
            if (this[curve, hop - i] >= peak || this[curve, hop + i] > peak)
                return false;
        }
        return true;
    }

    private OnsetMark[] Marks(int curve)
    {
        var marks = new List<OnsetMark>(_picked[curve].Count);
        long last = long.MinValue;
        foreach ((long sample, float strength) in _picked[curve])
        {
            long at = Begin(sample);
            if (at <= last)
                continue;
            marks.Add(new OnsetMark((double)at / Hop.SampleRate, strength));
            last = at;
        }
        return [.. marks];
    }

    /// <summary>The located onset nearest to a picked one, or the picked one itself.</summary>
    private long Begin(long sample)
    {
        int after = _located.BinarySearch(sample);
        if (after >= 0)
            return sample;
        after = ~after;
        long best = sample, distance = SameNote + 1;
        for (int i = Math.Max(0, after - 1); i <= Math.Min(after, _located.Count - 1); i++)
        {
            if (Math.Abs(_located[i] - sample) < distance)
                (best, distance) = (_located[i], Math.Abs(_located[i] - sample));
        }
        return best;
    }
}
