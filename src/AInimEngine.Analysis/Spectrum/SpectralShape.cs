using System.Runtime.Intrinsics;

namespace AInimEngine.Analysis.Spectrum;

/// <summary>Moments and flatness between 20 Hz and 16 kHz (Peeters, "A large set of audio features", IRCAM 2004, 6.1 and 9).</summary>
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

    /// <summary>Root of the mean square distance from <paramref name="centroid"/>, weighted with amplitude, in Hz; 0 in silence.</summary>
    internal static float Spread(ReadOnlySpan<float> amplitude, float centroid)
    {
        ReadOnlySpan<float> bins = amplitude.Slice(First, Count);
        Vector256<float> squares = Vector256<float>.Zero, weights = Vector256<float>.Zero, centre = Vector256.Create(centroid);
        for (int i = 0; i < Count; i += 8)
        {
            Vector256<float> weight = Vector256.Create(bins.Slice(i, 8)), off = Vector256.Create(s_hertz.AsSpan(i, 8)) - centre;
            squares += weight * off * off;
            weights += weight;
        }
        float sum = VectorMath.Sum(weights);
        return sum < 1e-6f ? 0 : MathF.Sqrt(VectorMath.Sum(squares) / sum);
    }

    /// <summary>Frequency below which 85 percent of the power lies, in Hz, interpolated in its bin; 0 in silence.</summary>
    internal static float RollOff(ReadOnlySpan<float> power)
    {
        ReadOnlySpan<float> bins = power.Slice(First, Count);
        float sum = VectorMath.Sum(bins);
        if (sum < Nothing)
            return 0;
        float left = 0.85f * sum;
        for (int i = 0; i < Count; i += 8)
        {
            float eight = VectorMath.Sum(Vector256.Create(bins.Slice(i, 8)));
            if (left > eight && i + 8 < Count)
            {
                left -= eight;
                continue;
            }
            for (int j = i; j < i + 8; j++)
            {
                if (left <= bins[j])
                    return (float)((First + j - 0.5 + left / Math.Max(bins[j], 1e-30f)) * Hop.BinHertz);
                left -= bins[j];
            }
        }
        return (float)BandEdges.Highest;
    }

    /// <summary>Largest over mean power of a bin: 1 when level, up to 680 for a single tone; 0 in silence.</summary>
    internal static float Crest(ReadOnlySpan<float> power)
    {
        ReadOnlySpan<float> bins = power.Slice(First, Count);
        float mean = VectorMath.Sum(bins) / Count;
        if (mean < Nothing)
            return 0;
        Vector256<float> largest = Vector256<float>.Zero;
        for (int i = 0; i < Count; i += 8)
            largest = Vector256.Max(largest, Vector256.Create(bins.Slice(i, 8)));
        float most = 0;
        for (int i = 0; i < 8; i++)
            most = Math.Max(most, largest[i]);
        return most / mean;
    }
}
