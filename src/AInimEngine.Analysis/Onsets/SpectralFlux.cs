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

    private const double Lowest = 30, PerOctave = 24;
    private const float Gain = 500;

    private readonly double _binHertz;
    private readonly int _lag, _padded;
    private readonly (int First, float[] Weights)[] _filters;
    private readonly int[] _edges;
    private readonly float[] _levels;
    private int _current;

    /// <param name="window">Samples under the window of the spectra.</param>
    internal SpectralFlux(int window = Hop.WindowSize)
    {
        _binHertz = (double)Hop.SampleRate / window;

        // Spectra between the two compared: half the window less the first sample above half its maximum, in hops.
        _lag = Math.Max(1, (window / 2 - window / 4) / Hop.Size);
        int[] centres = Centres();
        _filters = MakeFilters(centres);
        _edges = MakeEdges(centres);
        _padded = (_filters.Length + 7) / 8 * 8;
        _levels = new float[(_lag + 1) * _padded];
    }

    /// <summary>Levels of the triangular filters in the newest spectrum, decades of (1 + 500 x amplitude).</summary>
    internal ReadOnlySpan<float> Levels => _levels.AsSpan(_current * _padded, _filters.Length);

    /// <summary>
    /// Sum of the rises of all filters in the newest spectrum, decades: every filter counts alike, so that a single note
    /// is heard by its partials, where <see cref="Process"/> weighs by role.
    /// </summary>
    internal float Rise { get; private set; }

    /// <summary>Takes a spectrum, writes <see cref="Curves"/> strengths.</summary>
    internal void Process(ReadOnlySpan<float> amplitude, Span<float> strengths)
    {
        _current = (_current + 1) % (_lag + 1);
        Span<float> now = _levels.AsSpan(_current * _padded, _padded);
        ReadOnlySpan<float> before = _levels.AsSpan((_current + 1) % (_lag + 1) * _padded, _filters.Length);
        for (int i = 0; i < _filters.Length; i++)
        {
            (int first, float[] weights) = _filters[i];
            float sum = 0;
            for (int j = 0; j < weights.Length; j++)
                sum += weights[j] * amplitude[first + j];
            now[i] = 1 + Gain * sum;
        }
        for (int i = 0; i < _padded; i += 8)
            (VectorMath.Log2(Vector256.Create((ReadOnlySpan<float>)now.Slice(i, 8))) * (float)Math.Log10(2)).CopyTo(now.Slice(i, 8));

        float total = 0;
        Rise = 0;
        for (int band = 0; band < Curves - 1; band++)
        {
            float rise = 0;
            for (int i = _edges[band]; i < _edges[band + 1]; i++)
            {
                float reference = Math.Max(before[i], Math.Max(before[Math.Max(i - 1, 0)], before[Math.Min(i + 1, before.Length - 1)]));
                rise += Math.Max(0, now[i] - reference);
            }
            Rise += rise;
            rise /= _edges[band + 1] - _edges[band];
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

    private int[] Centres()
    {
        var centres = new List<int>();
        for (int i = 0; Lowest * Math.Pow(2, i / PerOctave) <= BandEdges.Highest; i++)
        {
            int bin = (int)Math.Round(Lowest * Math.Pow(2, i / PerOctave) / _binHertz);
            if (centres.Count == 0 || bin > centres[^1])
                centres.Add(bin);
        }
        return [.. centres];
    }

    private static (int First, float[] Weights)[] MakeFilters(int[] centres)
    {
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

    private int[] MakeEdges(int[] centres)
    {
        int low = Array.FindIndex(centres, bin => bin * _binHertz >= BandEdges.Broad[1]);
        int high = Array.FindIndex(centres, bin => bin * _binHertz >= BandEdges.Broad[3]);
        return [0, low, high, centres.Length];
    }
}
