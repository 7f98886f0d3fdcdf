using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Onsets;

/// <summary>
/// Finds the sample at which an onset begins: the first that its past does not predict. A linear predictor is fitted to
/// the sound before; the onset is where the error after a sample is largest against the error before it. A tone, a pad
/// or a hum is predicted and vanishes, so that a soft hit on top of them is still found to the sample.
/// </summary>
/// <remarks>
/// Prediction error as onset cue: Bello et al. 2005, section III-C; the ratio of energies after and before is the
/// usual picker of seismic arrivals (Allen, "Automatic earthquake recognition and timing from single traces", 1978).
/// Levinson-Durbin after Makhoul, "Linear prediction: a tutorial review", 1975, eq. 38. Stateless between calls.
/// </remarks>
internal sealed class RiseLocator
{
    /// <summary>Samples searched, up to the end given.</summary>
    internal const int Search = 1024;

    /// <summary>Samples needed before the end given.</summary>
    internal const int Before = Search + Training;

    /// <summary>Samples needed after the end given.</summary>
    internal const int After = 768;

    private const int Training = 1024, Order = 12, Lead = 256, Forward = 256, Unclear = 512;
    private const int Span = Lead + Search + Forward;

    /// <summary>Prediction error of both channels that counts as nothing, -100 dBFS.</summary>
    private const double Nothing = 1e-10;

    /// <summary>
    /// Error that counts as nothing beside the onset, -15 dB: lossy coding smears a little of an attack over the
    /// milliseconds before it, which must not be taken for the attack.
    /// </summary>
    private const double Faint = 0.03;

    /// <summary>A smaller rise than this does not say where the onset is.</summary>
    private const double Clear = 3;

    /// <summary>Error that is none beside the onset.</summary>
    private const double Clean = 1e-6;

    /// <summary>An error so many times the mean of those before stands out: once in 600 samples of noise.</summary>
    private const double Sudden = 10;

    /// <summary>Samples by which the largest ratio may lie off the beginning, 1 ms.</summary>
    private const int Near = 48;

    /// <summary>What the sound falls to, in mean square, for it to be an end and not an onset: -13 dB.</summary>
    private const double Ending = 0.05;

    private static readonly double s_forget = Math.Exp(-1.0 / 96), s_remember = Math.Exp(-1.0 / 256);
    private static readonly double[] s_window = [.. Enumerable.Range(0, Training).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / Training))];

    private readonly double[] _left = new double[Before + Forward], _right = new double[Before + Forward];
    private readonly double[] _windowed = new double[Training + Order + 4];
    private readonly double[] _error = new double[Span], _rise = new double[Span], _behind = new double[Span];
    private readonly double[] _correlation = new double[Order + 1], _predictor = new double[Order + 1], _previous = new double[Order + 1];

    /// <summary>
    /// Position of the onset in samples relative to the end (negative), or 0 when the sound ends here rather than begins.
    /// Where no clear rise is found the answer is the middle of the search.
    /// </summary>
    /// <param name="left">Left channel, <see cref="Before"/> samples before the end and <see cref="After"/> after it.</param>
    /// <param name="right">Right channel, likewise.</param>
    internal int Locate(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        for (int i = 0; i < _left.Length; i++)
        {
            _left[i] = left[i];
            _right[i] = right[i];
        }
        Array.Clear(_correlation);
        Correlate(_left);
        Correlate(_right);
        Solve();
        Array.Clear(_error);
        Predict(_left);
        Predict(_right);

        int position = Rise();
        double before = MeanSquare(left, right, Before + position - 1024, 1024);
        double after = MeanSquare(left, right, Before + position, After);
        return after < Ending * before ? 0 : position;
    }

    private void Correlate(double[] sound)
    {
        // The zeros behind the end let every lag run over whole vectors.
        for (int i = 0; i < Training; i++)
            _windowed[i] = sound[i] * s_window[i];
        ref double x = ref MemoryMarshal.GetArrayDataReference(_windowed);
        for (int lag = 0; lag <= Order; lag++)
        {
            Vector256<double> sum = Vector256<double>.Zero;
            for (nuint i = 0; i < Training; i += 4)
                sum += Vector256.LoadUnsafe(ref x, i) * Vector256.LoadUnsafe(ref x, i + (nuint)lag);
            _correlation[lag] += (sum[0] + sum[1]) + (sum[2] + sum[3]);
        }
    }

    private void Solve()
    {
        // A touch of white noise keeps the equations well conditioned; silence predicts nothing.
        double error = _correlation[0] * (1 + 1e-9) + Nothing;
        Array.Clear(_predictor);
        for (int order = 1; order <= Order; order++)
        {
            double sum = _correlation[order];
            for (int j = 1; j < order; j++)
                sum -= _predictor[j] * _correlation[order - j];
            double reflection = sum / error;
            _predictor.CopyTo(_previous, 0);
            _predictor[order] = reflection;
            for (int j = 1; j < order; j++)
                _predictor[j] = _previous[j] - reflection * _previous[order - j];
            error *= 1 - reflection * reflection;
        }
    }

    private void Predict(double[] sound)
    {
        ref double x = ref MemoryMarshal.GetReference(sound.AsSpan(Training - Lead));
        ref double error = ref MemoryMarshal.GetArrayDataReference(_error);
        ref double start = ref MemoryMarshal.GetReference(sound.AsSpan(Training - Lead - Order));
        for (nuint i = 0; i < Span; i += 4)
        {
            Vector256<double> e = Vector256.LoadUnsafe(ref x, i);
            for (int j = 1; j <= Order; j++)
                e -= Vector256.LoadUnsafe(ref start, i + (nuint)(Order - j)) * _predictor[j];
            (Vector256.LoadUnsafe(ref error, i) + e * e).StoreUnsafe(ref error, i);
        }
    }

    private int Rise()
    {
        double ahead = 0, largest = 0;
        for (int i = Span - 1; i >= Lead; i--)
        {
            _rise[i] = ahead = s_forget * ahead + (1 - s_forget) * _error[i];
            if (i < Lead + Search)
                largest = Math.Max(largest, ahead);
        }
        double floor = Nothing + Faint * largest;
        double behind = 0;
        for (int i = 0; i < Lead; i++)
            behind += _error[i] / Lead;
        double best = 0;
        int at = 0;
        for (int i = Lead; i < Lead + Search; i++)
        {
            _behind[i] = behind;
            double ratio = (_rise[i] + floor) / (behind + floor);
            if (ratio > best)
                (best, at) = (ratio, i);
            behind = s_remember * behind + (1 - s_remember) * _error[i];
        }
        if (best < Clear)
            return -Unclear;

        // After clean sound the onset is the very first sample near there that stands out. Behind a coder's smear the
        // smear would stand out: then the first at or after the largest ratio, which lies a little early if anything.
        int near = Math.Max(Lead, at - Near);
        bool clean = _behind[near] < Clean * largest;
        double quiet = clean ? _behind[near] + Nothing : _behind[at] + floor;
        for (int i = clean ? near : at; i < Math.Min(at + Near, Lead + Search); i++)
        {
            if (_error[i] > Sudden * quiet)
                return i - Lead - Search;
        }
        return at - Lead - Search;
    }

    private static double MeanSquare(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int from, int count)
    {
        ReadOnlySpan<float> l = left.Slice(from, count), r = right.Slice(from, count);
        return ((double)VectorMath.Dot(l, l) + VectorMath.Dot(r, r)) / count;
    }
}
