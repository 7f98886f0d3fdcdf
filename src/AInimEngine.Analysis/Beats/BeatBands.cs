using System.Runtime.Intrinsics;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Beats;

/// <summary>Logarithmic levels of a filter bank of twelve triangles an octave, 30 Hz to 16 kHz, no two in one bin.</summary>
internal static class BeatBands
{
    private const double Lowest = 30, PerOctave = 12;
    private const float Gain = 500;

    private static readonly int[] s_centres = MakeCentres();
    private static readonly (int First, float[] Weights)[] s_filters = MakeFilters();

    /// <summary>Filters below 160 Hz, below 2560 Hz, and in all.</summary>
    internal static int Low { get; } = Array.FindIndex(s_centres, bin => bin * Hop.BinHertz >= 160);

    /// <inheritdoc cref="Low"/>
    internal static int Mid { get; } = Array.FindIndex(s_centres, bin => bin * Hop.BinHertz >= 2560);

    /// <inheritdoc cref="Low"/>
    internal static int Count => s_filters.Length;

    /// <summary>Room for the levels: whole vectors.</summary>
    internal static int Padded { get; } = (s_filters.Length + 7) / 8 * 8;

    /// <summary>Writes log2(1 + 500 x amplitude) of each filter into <see cref="Padded"/> floats.</summary>
    internal static void Levels(ReadOnlySpan<float> amplitude, Span<float> levels)
    {
        for (int i = 0; i < s_filters.Length; i++)
        {
            (int first, float[] weights) = s_filters[i];
            levels[i] = 1 + Gain * VectorMath.Dot(weights, amplitude.Slice(first, weights.Length));
        }
        levels[s_filters.Length..Padded].Fill(1);
        for (int i = 0; i < Padded; i += 8)
            VectorMath.Log2(Vector256.Create((ReadOnlySpan<float>)levels.Slice(i, 8))).CopyTo(levels.Slice(i, 8));
    }

    private static int[] MakeCentres()
    {
        var centres = new List<int>();
        for (int i = 0; Lowest * Math.Pow(2, i / PerOctave) <= BandEdges.Highest; i++)
        {
            int bin = (int)Math.Round(Lowest * Math.Pow(2, i / PerOctave) / Hop.BinHertz);
            if (centres.Count == 0 || bin > centres[^1])
                centres.Add(bin);
        }
        return [.. centres];
    }

    private static (int First, float[] Weights)[] MakeFilters()
    {
        var filters = new (int, float[])[s_centres.Length];
        for (int i = 0; i < filters.Length; i++)
        {
            int centre = s_centres[i], left = i > 0 ? s_centres[i - 1] : centre - 1;
            int right = i + 1 < filters.Length ? s_centres[i + 1] : 2 * centre - left;
            var weights = new float[right - left - 1];
            for (int j = 0; j < weights.Length; j++)
            {
                int bin = left + 1 + j;
                weights[j] = bin <= centre ? (float)(bin - left) / (centre - left) : (float)(right - bin) / (right - centre);
            }
            filters[i] = (left + 1, weights);
        }
        return filters;
    }
}
