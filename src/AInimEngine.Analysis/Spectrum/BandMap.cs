namespace AInimEngine.Analysis.Spectrum;

/// <summary>Sums bin power into bands. A bin stands for the cell of one bin's width around it; an edge cuts cells in proportion.</summary>
internal sealed class BandMap
{
    private readonly (int First, int Count, float FirstShare, float LastShare)[] _bands;

    /// <param name="edges">One more than there are bands, in Hz, rising.</param>
    internal BandMap(ReadOnlySpan<double> edges)
    {
        _bands = new (int, int, float, float)[edges.Length - 1];
        for (int band = 0; band < _bands.Length; band++)
            _bands[band] = Cut(edges[band], edges[band + 1]);
    }

    /// <param name="bands">Bands that may overlap.</param>
    internal BandMap(FreeBands bands) => _bands = [.. bands.All.Select(band => Cut(band.From, band.To))];

    private static (int First, int Count, float FirstShare, float LastShare) Cut(double fromHertz, double toHertz)
    {
        double from = fromHertz / Hop.BinHertz + 0.5, to = toHertz / Hop.BinHertz + 0.5;
        int first = (int)Math.Floor(from), last = Math.Min((int)Math.Ceiling(to) - 1, StereoSpectrum.Bins - 1);
        return first == last
            ? (first, 1, (float)(to - from), 0)
            : (first, last - first + 1, (float)(first + 1 - from), (float)(to - last));
    }

    /// <summary>Writes the RMS amplitude of each band; power adds up to the mean square of the sound between the edges.</summary>
    internal void Rms(ReadOnlySpan<float> power, Span<float> bands)
    {
        for (int band = 0; band < _bands.Length; band++)
        {
            (int first, int count, float firstShare, float lastShare) = _bands[band];
            float sum = power[first] * firstShare;
            if (count > 1)
                sum += VectorMath.Sum(power.Slice(first + 1, count - 2)) + power[first + count - 1] * lastShare;
            bands[band] = MathF.Sqrt(sum);
        }
    }
}
