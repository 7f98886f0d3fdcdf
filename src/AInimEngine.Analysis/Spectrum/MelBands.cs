using System.Runtime.Intrinsics;

namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// Triangular bands on the mel scale, 2595 lg(1 + f/700) (O'Shaughnessy 1987), and the cepstrum of their levels (Davis and
/// Mermelstein, "Comparison of parametric representations for monosyllabic word recognition", 1980).
/// </summary>
internal static class MelBands
{
    /// <summary>Number of bands between <see cref="BandEdges.Lowest"/> and <see cref="BandEdges.Highest"/>.</summary>
    internal const int Count = 32;

    /// <summary>Cepstral coefficients, the mean level first.</summary>
    internal const int Coefficients = 13;

    private static readonly (int First, float[] Weights)[] s_bands = MakeBands();
    private static readonly float[] s_cosines = MakeCosines();

    /// <summary>Writes the RMS amplitude of each band. Neighbours' triangles sum to one, so no power is lost between them.</summary>
    internal static void Rms(ReadOnlySpan<float> power, Span<float> bands)
    {
        for (int i = 0; i < Count; i++)
        {
            (int first, float[] weights) = s_bands[i];
            bands[i] = MathF.Sqrt(VectorMath.Dot(weights, power.Slice(first, weights.Length)));
        }
    }

    /// <summary>Writes the cepstrum in decibels: 0 is the mean level above -100 dBFS, k the swing of the k-th cosine over the bands.</summary>
    internal static void Cepstrum(ReadOnlySpan<float> bands, Span<float> coefficients)
    {
        Span<float> levels = stackalloc float[Count];
        for (int i = 0; i < Count; i += 8)
        {
            Vector256<float> amplitude = Vector256.Create(bands.Slice(i, 8));
            Vector256<float> level = VectorMath.Log2(amplitude * amplitude * 1e10f + Vector256<float>.One) * (float)(10 * Math.Log10(2));
            level.CopyTo(levels.Slice(i, 8));
        }
        for (int k = 0; k < Coefficients; k++)
            coefficients[k] = VectorMath.Dot(levels, s_cosines.AsSpan(k * Count, Count));
    }

    /// <summary>Middle of a band in Hz.</summary>
    internal static double Centre(int band) => Edge(band + 1);

    private static double Edge(int index)
    {
        double low = Mel(BandEdges.Lowest), high = Mel(BandEdges.Highest);
        double mel = low + (high - low) * index / (Count + 1);
        return 700 * (Math.Pow(10, mel / 2595) - 1);
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static (int First, float[] Weights)[] MakeBands()
    {
        var bands = new (int, float[])[Count];
        for (int i = 0; i < Count; i++)
        {
            double left = Edge(i), centre = Edge(i + 1), right = Edge(i + 2);
            int first = (int)Math.Ceiling(left / Hop.BinHertz), last = (int)Math.Floor(right / Hop.BinHertz);
            var weights = new float[last - first + 1];
            for (int j = 0; j < weights.Length; j++)
            {
                double hertz = (first + j) * Hop.BinHertz;
                weights[j] = (float)Math.Max(0, hertz <= centre ? (hertz - left) / (centre - left) : (right - hertz) / (right - centre));
            }
            bands[i] = (first, weights);
        }
        return bands;
    }

    private static float[] MakeCosines()
    {
        // The orthonormal cosine transform over the root of the count: independent of how many bands there are.
        var cosines = new float[Coefficients * Count];
        for (int k = 0; k < Coefficients; k++)
        {
            for (int i = 0; i < Count; i++)
                cosines[k * Count + i] = (float)((k == 0 ? 1 : Math.Sqrt(2)) / Count * Math.Cos(Math.PI * k * (i + 0.5) / Count));
        }
        return cosines;
    }
}
