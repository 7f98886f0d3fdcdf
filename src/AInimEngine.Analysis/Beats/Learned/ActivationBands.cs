using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Beats.Learned;

/// <summary>
/// The filterbank in front of the learned beat model: 64 triangles over the bins of the shared spectrum, one bin apart up
/// to 290 Hz and nine per octave from there to 16 kHz. Not normalised by area, so that broad noise counts as it is heard.
/// </summary>
/// <remarks>
/// The 43 ms window cannot tell lower notes apart, so finer filters there would only repeat bins (Böck and Widmer,
/// "Maximum filter vibrato suppression for onset detection", DAFx 2013, use the same kind of bank with 24 per octave).
/// </remarks>
internal static class ActivationBands
{
    /// <summary>Bands.</summary>
    internal const int Count = 64;

    private static readonly (int First, float[] Weights)[] s_bands = Build();

    /// <summary>Sums amplitude into bands.</summary>
    /// <param name="amplitude"><see cref="StereoSpectrum.Bins"/> floats.</param>
    /// <param name="bands"><see cref="Count"/> floats, linear, 0 and up.</param>
    internal static void Sum(ReadOnlySpan<float> amplitude, Span<float> bands)
    {
        for (int band = 0; band < Count; band++)
        {
            (int first, float[] weights) = s_bands[band];
            bands[band] = VectorMath.Dot(amplitude.Slice(first, weights.Length), weights);
        }
    }

    private static (int, float[])[] Build()
    {
        const double Ratio = 1.0801, First = 1;
        var centres = new double[Count + 2];
        centres[0] = First - 1;
        for (int i = 1; i < centres.Length; i++)
            centres[i] = Math.Max(centres[i - 1] + 1, centres[i - 1] * Ratio);
        var bands = new (int, float[])[Count];
        for (int band = 0; band < Count; band++)
        {
            double low = centres[band], centre = centres[band + 1], high = centres[band + 2];
            int first = (int)Math.Floor(low) + 1, last = Math.Min((int)Math.Ceiling(high) - 1, StereoSpectrum.Bins - 1);
            var weights = new float[last - first + 1];
            for (int i = 0; i < weights.Length; i++)
            {
                double bin = first + i;
                weights[i] = (float)(bin <= centre ? (bin - low) / (centre - low) : (high - bin) / (high - centre));
            }
            bands[band] = (first, weights);
        }
        return bands;
    }
}
