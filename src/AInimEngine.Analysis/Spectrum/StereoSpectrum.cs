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
    /// <summary>Bins from 0 Hz to just below the Nyquist frequency.</summary>
    internal const int Bins = Hop.WindowSize / 2;

    private static readonly float[] s_window = HannWindow();

    private readonly Fft2048 _fft = new();
    private readonly float[] _re = new float[Hop.WindowSize], _im = new float[Hop.WindowSize];
    private readonly float[] _power = new float[Bins], _amplitude = new float[Bins];

    /// <summary>Mean square per bin; a sine of amplitude a sums to a^2/2 over its main lobe.</summary>
    internal ReadOnlySpan<float> Power => _power;

    /// <summary>A sine of amplitude a on a bin reads a.</summary>
    internal ReadOnlySpan<float> Amplitude => _amplitude;

    /// <summary>Transforms one window of each channel.</summary>
    internal void Transform(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref float window = ref MemoryMarshal.GetArrayDataReference(s_window);
        ref float re = ref MemoryMarshal.GetArrayDataReference(_re);
        ref float im = ref MemoryMarshal.GetArrayDataReference(_im);
        ref float l = ref MemoryMarshal.GetReference(left[..Hop.WindowSize]);
        ref float r = ref MemoryMarshal.GetReference(right[..Hop.WindowSize]);
        for (nuint i = 0; i < Hop.WindowSize; i += 8)
        {
            Vector256<float> w = Vector256.LoadUnsafe(ref window, i);
            (Vector256.LoadUnsafe(ref l, i) * w).StoreUnsafe(ref re, i);
            (Vector256.LoadUnsafe(ref r, i) * w).StoreUnsafe(ref im, i);
        }
        _fft.Forward(_re, _im);
        for (int k = 1; k + 8 <= Bins; k += 8)
            EightBins(k);
        EightBins(Bins - 8);
    }

    private void EightBins(int k)
    {
        // One-sided mean square of the mean channel: 2/(N sum w^2) * (|X[k]|^2 + |X[N-k]|^2)/4, where sum w^2 = 3N/8.
        const float PowerScale = (float)(0.5 / (Hop.WindowSize * (Hop.WindowSize * 3.0 / 8)));
        Vector256<int> reverse = Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0);
        ref float re = ref MemoryMarshal.GetArrayDataReference(_re);
        ref float im = ref MemoryMarshal.GetArrayDataReference(_im);
        nuint at = (nuint)k, mirror = (nuint)(Hop.WindowSize - k - 7);
        Vector256<float> ar = Vector256.LoadUnsafe(ref re, at), ai = Vector256.LoadUnsafe(ref im, at);
        Vector256<float> br = Vector256.LoadUnsafe(ref re, mirror), bi = Vector256.LoadUnsafe(ref im, mirror);
        Vector256<float> power = (ar * ar + ai * ai + Vector256.Shuffle(br * br + bi * bi, reverse)) * PowerScale;
        power.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_power), at);

        // The centre bin of a sine holds two thirds of its a^2/2.
        Vector256.Sqrt(power * 3f).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_amplitude), at);
    }

    private static float[] HannWindow()
    {
        var window = new float[Hop.WindowSize];
        for (int i = 0; i < window.Length; i++)
            window[i] = (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * i / window.Length));
        return window;
    }
}
