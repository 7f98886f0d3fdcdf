namespace AInimEngine.Analysis.Harmony;

/// <summary>Folds the peaks of spectra onto fine pitch classes, and learns the tuning from where they lie between semitones.</summary>
internal sealed class PeakFolder
{
    private const double Lowest = 62, Highest = 2050;

    /// <summary>A peak this far under the largest of its spectrum is a side lobe, an echo or noise: -46 dB.</summary>
    private const float Quietest = 2.5e-5f;

    /// <summary>A peak stands this far above the mean of its surroundings, in power.</summary>
    private const float Prominence = 3;

    private const int Around = 12;
    private const float HarmonicDecay = 0.5f;

    private readonly double _binHertz;
    private readonly int _first, _last;
    private readonly double[] _sums = new double[Hop.WindowSize / 2 + 1];
    private double _tuningX, _tuningY;

    /// <param name="binHertz">Distance of two bins.</param>
    internal PeakFolder(double binHertz)
    {
        _binHertz = binHertz;
        _first = (int)Math.Ceiling(Lowest / binHertz);
        _last = (int)(Highest / binHertz);
    }

    /// <summary>Mean deviation of the peaks so far from the nearest semitone of A = 440 Hz, -50..50.</summary>
    internal double TuningCents => _tuningX == 0 && _tuningY == 0 ? 0 : Math.Atan2(_tuningY, _tuningX) * 100 / (2 * Math.PI);

    /// <summary>Writes <see cref="PitchGrid.Fine"/> amplitudes; gives the share of the power that lies in peaks, 0..1.</summary>
    internal float Fold(ReadOnlySpan<float> power, Span<float> fine)
    {
        fine.Clear();
        float largest = 0;
        for (int k = 0; k < power.Length; k++)
            _sums[k + 1] = _sums[k] + power[k];
        for (int k = _first; k <= _last; k++)
            largest = Math.Max(largest, power[k]);
        float threshold = Math.Max(largest * Quietest, 1e-11f);
        double peaks = 0;
        for (int k = _first; k <= _last; k++)
        {
            float p = power[k];
            if (p < threshold || p <= power[k - 1] || p < power[k + 1])
                continue;
            double around = _sums[k + Around + 1] - _sums[k - Around];
            double lobe = _sums[k + 3] - _sums[k - 2];
            if (p < Prominence * around / (2 * Around + 1) || lobe < 0.3 * around)
                continue;
            peaks += lobe;
            Add(k, power[k - 1], p, power[k + 1], fine);
        }
        double total = _sums[_last + 1] - _sums[_first];
        return total < 1e-10 ? 0 : (float)Math.Min(1, peaks / total);
    }

    private void Add(int k, float left, float centre, float right, Span<float> fine)
    {
        float a = MathF.Log(left + 1e-20f), b = MathF.Log(centre), c = MathF.Log(right + 1e-20f);
        float bend = a - 2 * b + c;
        float offset = bend < -1e-3f ? Math.Clamp(0.5f * (a - c) / bend, -0.5f, 0.5f) : 0;
        double semitone = 12 * Math.Log2((k + offset) * _binHertz / 440) + 9;
        float weight = MathF.Pow(centre, 0.2f);
        if (semitone > -15)
        {
            // Below some 150 Hz a bin is a third of a semitone and a neighbour shifts the peak.
            (double sin, double cos) = Math.SinCos(2 * Math.PI * (semitone - Math.Floor(semitone)));
            _tuningX += weight * cos;
            _tuningY += weight * sin;
        }
        ReadOnlySpan<double> intervals = [0, 12, 19.01955, 24];
        foreach (double interval in intervals)
        {
            double place = (semitone - interval) * (PitchGrid.Fine / 12.0) + 10 * PitchGrid.Fine;
            int below = (int)place;
            float share = (float)(place - below);
            fine[below % PitchGrid.Fine] += weight * (1 - share);
            fine[(below + 1) % PitchGrid.Fine] += weight * share;
            weight *= HarmonicDecay;
        }
    }
}
