namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// The bands that a preset asks for, in its order: band i is the float i of the feature "bands". They may overlap.
/// Immutable.
/// </summary>
public sealed class FreeBands
{
    /// <summary>The most that a preset may ask for.</summary>
    public const int Most = 8;

    /// <summary>Highest edge, Hz.</summary>
    public const double Highest = 20000;

    /// <summary>Takes the bands.</summary>
    /// <exception cref="ArgumentException">Too many, or one that cannot be measured; the message says which and why.</exception>
    public FreeBands(IReadOnlyList<FreeBand> bands)
    {
        if (bands.Count > Most)
            throw new ArgumentException($"there are {bands.Count} bands; a preset has at most {Most}", nameof(bands));
        foreach (FreeBand band in bands)
        {
            if (Fault(band) is { } fault)
                throw new ArgumentException(fault, nameof(bands));
        }
        All = [.. bands];
    }

    /// <summary>No bands: the feature reads 0.</summary>
    public static FreeBands None { get; } = new([]);

    /// <summary>The bands in order.</summary>
    public IReadOnlyList<FreeBand> All { get; }

    /// <summary>Why a band cannot be measured, or null.</summary>
    public static string? Fault(FreeBand band)
    {
        if (!(band.From >= BandEdges.Lowest && band.To <= Highest))
            return FormattableString.Invariant($"band '{band.Name}' goes from {band.From:g6} to {band.To:g6} Hz; edges lie between {BandEdges.Lowest:f0} and {Highest:f0} Hz");
        return band.To - band.From >= Hop.BinHertz
            ? null
            : FormattableString.Invariant($"band '{band.Name}' from {band.From:g6} to {band.To:g6} Hz is narrower than the {Hop.BinHertz:f1} Hz that can be told apart");
    }
}
