using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Views;

/// <summary>Makes columns of a spectrogram with a logarithmic frequency axis out of the shared spectra: the loudest of each column's hops.</summary>
/// <param name="columns">Number of columns.</param>
/// <param name="hopsPerColumn">Hops in one.</param>
internal sealed class SpectrogramPainter(int columns, int hopsPerColumn) : ISpectrumListener
{
    internal const int Bands = 96;
    internal const double Lowest = 40, Highest = 16000;
    private const double Floor = -84, Ceiling = -12;

    private static readonly (float From, float To)[] s_bands = [.. Enumerable.Range(0, Bands).Select(i => (Bin(i), Bin(i + 1)))];

    /// <summary>Column after column, each from low to high: -84 dBFS to -12 dBFS as 0 to 255.</summary>
    internal byte[] Pixels { get; } = new byte[columns * Bands];

    public void Hear(long hop, ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude)
    {
        long column = hop / hopsPerColumn;
        if (column >= columns)
            return;
        Span<byte> pixels = Pixels.AsSpan((int)column * Bands, Bands);
        for (int i = 0; i < Bands; i++)
        {
            (float from, float to) = s_bands[i];
            float level = 0;
            if (to - from < 1)
            {
                float at = (from + to) / 2;
                int bin = (int)at;
                level = amplitude[bin] + (amplitude[bin + 1] - amplitude[bin]) * (at - bin);
            }
            else
            {
                for (int bin = (int)MathF.Ceiling(from); bin < to; bin++)
                    level = Math.Max(level, amplitude[bin]);
            }
            double decibels = 20 * Math.Log10(Math.Max(level, 1e-6f));
            pixels[i] = Math.Max(pixels[i], (byte)Math.Clamp(255 * (decibels - Floor) / (Ceiling - Floor), 0, 255));
        }
    }

    private static float Bin(int edge) => (float)(Lowest * Math.Pow(Highest / Lowest, (double)edge / Bands) / Hop.BinHertz);
}
