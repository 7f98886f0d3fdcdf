using System.Runtime.Intrinsics;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Onsets;

/// <summary>
/// Onset strength of successive spectra: the mean logarithmic rise of a quarter-tone filter bank, half-wave rectified,
/// against the largest of three neighbours two hops earlier so that vibrato does not count (SuperFlux: Boeck and
/// Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013, eq. 1 to 4).
/// </summary>
/// <remarks>Causal; beat tracking can use it as it is. The unit is decades of (1 + 500 x amplitude).</remarks>
internal sealed class SpectralFlux : IStateful
{
    /// <summary>Whole, low, mid, high.</summary>
    internal const int Curves = 4;

    /// <summary>
    /// Spectra between the two compared: half the window less the first sample above half its maximum, in hops
    /// (2048/2 - 512)/256.
    /// </summary>
    private const int Lag = 2;

    private const double Lowest = 30, PerOctave = 24;
    private const float Gain = 500;

    private static readonly (int First, float[] Weights)[] s_filters = MakeFilters();
    private static readonly int[] s_edges = MakeEdges();
    private static readonly int s_padded = (s_filters.Length + 7) / 8 * 8;

    private readonly float[] _levels = new float[(Lag + 1) * s_padded];
    private int _current;

    /// <summary>Number of triangular filters.</summary>
    internal static int FilterCount => s_filters.Length;

    /// <summary>Takes a spectrum, writes <see cref="Curves"/> strengths.</summary>
    internal void Process(ReadOnlySpan<float> amplitude, Span<float> strengths)
    {
        _current = (_current + 1) % (Lag + 1);
        Span<float> now = _levels.AsSpan(_current * s_padded, s_padded);
        ReadOnlySpan<float> before = _levels.AsSpan((_current + 1) % (Lag + 1) * s_padded, s_filters.Length);
        for (int i = 0; i < s_filters.Length; i++)
        {
            (int first, float[] weights) = s_filters[i];
            float sum = 0;
            for (int j = 0; j < weights.Length; j++)
                sum += weights[j] * amplitude[first + j];
            now[i] = 1 + Gain * sum;
        }
        for (int i = 0; i < s_padded; i += 8)
            (VectorMath.Log2(Vector256.Create((ReadOnlySpan<float>)now.Slice(i, 8))) * (float)Math.Log10(2)).CopyTo(now.Slice(i, 8));

        float total = 0;
        for (int band = 0; band < Curves - 1; band++)
        {
            float rise = 0;
            for (int i = s_edges[band]; i < s_edges[band + 1]; i++)
            {
                float reference = Math.Max(before[i], Math.Max(before[Math.Max(i - 1, 0)], before[Math.Min(i + 1, before.Length - 1)]));
                rise += Math.Max(0, now[i] - reference);
            }
            rise /= s_edges[band + 1] - s_edges[band];
            strengths[band + 1] = rise;
            total += rise;
        }

        // Each band counts a third: by number of filters, a kick would be 6 of 137.
        strengths[0] = total / (Curves - 1);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_levels);
        _current = 0;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.flux", 1);
        writer.Write<float>(_levels);
        writer.Write(_current);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.flux", 1);
        reader.Read<float>(_levels);
        _current = reader.Read<int>();
    }

    private static int[] Centres()
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
        int[] centres = Centres();
        var filters = new (int, float[])[centres.Length];
        for (int i = 0; i < centres.Length; i++)
        {
            int centre = centres[i], left = i > 0 ? centres[i - 1] : centre - 1;
            int right = i + 1 < centres.Length ? centres[i + 1] : 2 * centre - left;
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

    private static int[] MakeEdges()
    {
        int[] centres = Centres();
        int low = Array.FindIndex(centres, bin => bin * Hop.BinHertz >= BandEdges.Broad[1]);
        int high = Array.FindIndex(centres, bin => bin * Hop.BinHertz >= BandEdges.Broad[3]);
        return [0, low, high, centres.Length];
    }
}
