namespace AInimEngine.Analysis.Spectrum;

/// <summary>Where the bands begin and end, in Hz.</summary>
public static class BandEdges
{
    /// <summary>Number of fine bands.</summary>
    public const int FineCount = 24;

    /// <summary>Lowest frequency of all spectral features.</summary>
    public const double Lowest = 20;

    /// <summary>Highest frequency of all spectral features: above it lossy sound has nothing.</summary>
    public const double Highest = 16000;

    /// <summary>Bass, low-mid, mid, high: five edges. The onset bands are low = bass, mid = low-mid and mid, high.</summary>
    public static ReadOnlySpan<double> Broad => [Lowest, 160, 640, 2560, Highest];

    /// <summary>
    /// The fine bands: 25 edges from 30 Hz, each a constant ratio above the one before but never nearer than a bin of
    /// the spectrum, because two bands in one bin would move as one.
    /// </summary>
    public static ReadOnlySpan<double> Fine => s_fine;

    private static readonly double[] s_fine = MakeFine();

    private static double[] MakeFine()
    {
        // The ratio that ends at the highest frequency, by bisection.
        double low = 1, high = 2;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Ladder(middle)[^1] > Highest ? (low, middle) : (middle, high);
        }
        double[] edges = Ladder(low);
        edges[^1] = Highest;
        return edges;
    }

    private static double[] Ladder(double ratio)
    {
        var edges = new double[FineCount + 1];
        edges[0] = 30;
        for (int i = 1; i < edges.Length; i++)
            edges[i] = Math.Max(edges[i - 1] * ratio, edges[i - 1] + Hop.BinHertz);
        return edges;
    }
}
