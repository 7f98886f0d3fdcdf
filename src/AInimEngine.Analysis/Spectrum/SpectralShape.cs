using System.Runtime.Intrinsics;

namespace AInimEngine.Analysis.Spectrum;

/// <summary>Centroid and flatness between 20 Hz and 16 kHz (Peeters, "A large set of audio features", IRCAM 2004, 6.1).</summary>
internal static class SpectralShape
{
    // 682 bins to 16 kHz; 680 are a whole number of vectors.
    private const int First = 1, Count = 680;

    /// <summary>Power below which a bin is nothing: -120 dBFS.</summary>
    private const float Nothing = 1e-12f;

    private static readonly float[] s_hertz = [.. Enumerable.Range(First, Count).Select(k => (float)(k * Hop.BinHertz))];

    /// <summary>Sum of f times amplitude over sum of amplitude, in Hz; 0 in silence.</summary>
    internal static float Centroid(ReadOnlySpan<float> amplitude)
    {
        ReadOnlySpan<float> bins = amplitude.Slice(First, Count);
        float sum = VectorMath.Sum(bins);
        return sum < 1e-6f ? 0 : VectorMath.Dot(bins, s_hertz) / sum;
    }

    /// <summary>Geometric over arithmetic mean of power: near 0 for tones, 0.56 for white noise (exp of minus Euler's constant); 0 in silence.</summary>
    internal static float Flatness(ReadOnlySpan<float> power)
    {
        ReadOnlySpan<float> bins = power.Slice(First, Count);
        float mean = VectorMath.Sum(bins) / Count;
        if (mean < Nothing)
            return 0;
        Vector256<float> sum = Vector256<float>.Zero, floor = Vector256.Create(Nothing);
        for (int i = 0; i < Count; i += 8)
            sum += VectorMath.Log2(Vector256.Max(Vector256.Create(bins.Slice(i, 8)), floor));
        return Math.Min(1, MathF.Pow(2, VectorMath.Sum(sum) / Count) / mean);
    }
}
