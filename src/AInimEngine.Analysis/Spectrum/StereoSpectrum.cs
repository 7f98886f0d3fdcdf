using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// Mean power and amplitude of both channels per bin, from one complex transform. Power is taken per channel and then
/// averaged, never from the sum of the channels: sound that is out of phase between them is heard, so it is seen.
/// </summary>
/// <remarks>
/// With x = left + i right, |X[k]|^2 + |X[N-k]|^2 = 2(|L[k]|^2 + |R[k]|^2), so the channels need no disentangling.
/// Periodic Hann window; power is scaled so that the bins sum to the mean square of the sound (Parseval).
/// </remarks>
internal sealed class StereoSpectrum
{
    /// <summary>Bins from 0 Hz to just below the Nyquist frequency, of the window that all features share.</summary>
    internal const int Bins = Hop.WindowSize / 2;

    private readonly Fft _fft;
    private readonly float[] _window, _re, _im, _power, _amplitude;
    private readonly float _scale;

    /// <param name="window">Samples under the window: 2048, or 1024 for what must be known soon.</param>
    internal StereoSpectrum(int window = Hop.WindowSize)
    {
        _fft = new Fft(window);
        _window = HannWindow(window);
        (_re, _im) = (new float[window], new float[window]);
        (_power, _amplitude) = (new float[window / 2], new float[window / 2]);

        // One-sided mean square of the mean channel: 2/(N sum w^2) * (|X[k]|^2 + |X[N-k]|^2)/4, where sum w^2 = 3N/8.
        _scale = (float)(0.5 / (window * (window * 3.0 / 8)));
    }

    /// <summary>Mean square per bin; a sine of amplitude a sums to a^2/2 over its main lobe.</summary>
    internal ReadOnlySpan<float> Power => _power;

    /// <summary>A sine of amplitude a on a bin reads a.</summary>
    internal ReadOnlySpan<float> Amplitude => _amplitude;

    /// <summary>Transforms one window of each channel.</summary>
    internal void Transform(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        int size = _window.Length;
        ref float window = ref MemoryMarshal.GetArrayDataReference(_window);
        ref float re = ref MemoryMarshal.GetArrayDataReference(_re);
        ref float im = ref MemoryMarshal.GetArrayDataReference(_im);
        ref float l = ref MemoryMarshal.GetReference(left[..size]);
        ref float r = ref MemoryMarshal.GetReference(right[..size]);
        for (nuint i = 0; i < (nuint)size; i += 8)
        {
            Vector256<float> w = Vector256.LoadUnsafe(ref window, i);
            (Vector256.LoadUnsafe(ref l, i) * w).StoreUnsafe(ref re, i);
            (Vector256.LoadUnsafe(ref r, i) * w).StoreUnsafe(ref im, i);
        }
        _fft.Forward(_re, _im);
        for (int k = 1; k + 8 <= _power.Length; k += 8)
            EightBins(k);
        EightBins(_power.Length - 8);
    }

    private void EightBins(int k)
    {
        Vector256<int> reverse = Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0);
        ref float re = ref MemoryMarshal.GetArrayDataReference(_re);
        ref float im = ref MemoryMarshal.GetArrayDataReference(_im);
        nuint at = (nuint)k, mirror = (nuint)(_window.Length - k - 7);
        Vector256<float> ar = Vector256.LoadUnsafe(ref re, at), ai = Vector256.LoadUnsafe(ref im, at);
        Vector256<float> br = Vector256.LoadUnsafe(ref re, mirror), bi = Vector256.LoadUnsafe(ref im, mirror);
        Vector256<float> power = (ar * ar + ai * ai + Vector256.Shuffle(br * br + bi * bi, reverse)) * _scale;
        power.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_power), at);

        // The centre bin of a sine holds two thirds of its a^2/2.
        Vector256.Sqrt(power * 3f).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_amplitude), at);
    }

    private static float[] HannWindow(int size)
    {
        var window = new float[size];
        for (int i = 0; i < window.Length; i++)
            window[i] = (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * i / window.Length));
        return window;
    }
}
