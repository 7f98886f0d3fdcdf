using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Features;

/// <summary>
/// Every feature there is, in one table. Layout, normalising ranges and docs/features.md are made from it, so that they
/// cannot disagree.
/// </summary>
public static class FeatureTable
{
    private const string OwnSamples = "the interval's own samples, exactly";
    private const string Centred = "2048 samples centred on the hop; in the 21 ms before an onset, what was heard before them (no pre-echo)";
    private const string Begins = "the sample at which the onset begins, found to the sample where it rises sharply";

    private static readonly FeatureRow s_amplitude = new("", 1, "amplitude", 0, 16, "", "", Centred, Averaging.Power,
        RangeRule.Percentile, FeatureScale.Loudness, 0.10f, 0.95f, LeastTop: 0.0158f, LeastWidth: 0.0063f, LeastShare: 0.4f);

    private static readonly FeatureRow s_onset = new("", 1, "decades", 0, 6, "", "", Begins, Averaging.Strongest,
        RangeRule.Onsets, FeatureScale.Linear, 0, 0.75f, LeastTop: 0.25f, LeastWidth: 0.25f);

    /// <summary>The features in order of offset.</summary>
    public static IReadOnlyList<FeatureRow> Rows { get; } =
    [
        new("loudness", 1, "LUFS", -70, 40, "Momentary loudness as the ear weighs it.",
            "ITU-R BS.1770-5: K filter, mean square of both channels summed over 400 ms, -0.691 + 10 lg; not below -70",
            "the 400 ms that end with the hop: it rises with the sound, never before it",
            Averaging.Mean, RangeRule.Percentile, FeatureScale.Linear, 0.10f, 0.95f, LeastTop: -45, LeastWidth: 12),
        s_amplitude with
        {
            Name = "rms", Description = "Root mean square of both channels: a full-scale sine reads 0.707.",
            Formula = "sqrt(mean x^2) over samples and channels", Instant = OwnSamples, Averaging = Averaging.Samples,
        },
        s_amplitude with
        {
            Name = "peak", Description = "Largest absolute sample of either channel.",
            Formula = "max |x|", Instant = OwnSamples, Averaging = Averaging.Samples,
        },
        Band("bass", 0, "Kick and bass"),
        Band("lowmid", 1, "Body of voices, guitars, snares"),
        Band("mid", 2, "Voices and leads"),
        Band("high", 3, "Hats, consonants, air"),
        s_amplitude with
        {
            Name = "fine", Length = BandEdges.FineCount,
            Description = "RMS amplitude in 24 bands from 30 Hz to 16 kHz, each a constant ratio above the last but at least one bin (23.4 Hz) wide.",
            Formula = "sqrt(sum of bin power); edges: see below",
        },
        new("centroid", 1, "Hz", 0, (float)BandEdges.Highest, "Centre of gravity of the spectrum: how bright the sound is; 0 in silence.",
            "sum f|X| / sum |X|, 20 Hz to 16 kHz (Peeters 2004, 6.1.1)", Centred, Averaging.Weighted,
            RangeRule.Percentile, FeatureScale.Octaves, 0.05f, 0.95f, LeastTop: 7, LeastWidth: 1.5f),
        new("flatness", 1, "", 0, 1, "How noisy the sound is: near 0 for tones, 0.56 for white noise; 0 in silence.",
            "geometric mean / arithmetic mean of bin power, 20 Hz to 16 kHz, bins not below -120 dBFS (Peeters 2004, 9.1)", Centred, Averaging.Weighted,
            RangeRule.Percentile, FeatureScale.Linear, 0.05f, 0.95f, LeastTop: 0.1f, LeastWidth: 0.1f),
        new("chroma", Chroma.Classes, "", 0, 1, "Share of each pitch class, C to B (A = 440 Hz), in the spectral peaks from 94 Hz to 5 kHz; the twelve sum to 1.",
            "amplitudes of parabolically interpolated peaks above -26 dB of the largest, each split between its two nearest semitones (after Gomez 2006, 3.3)", Centred, Averaging.Weighted,
            RangeRule.Classes, FeatureScale.Linear, 0, 0.75f, LeastTop: 0.3f),
        Onset("onset", "Strength of the strongest onset that begins in the interval; 0 when none does.", "mean of the three below"),
        Onset("onset.low", "The same between 30 and 160 Hz: kicks, bass notes.", "filters below 160 Hz") with { LeastTop = 0.4f }, // six bins: noise ripples more
        Onset("onset.mid", "The same between 160 Hz and 2560 Hz: snares, chords, voices.", "filters from 160 Hz to 2560 Hz"),
        Onset("onset.high", "The same between 2560 Hz and 16 kHz: hats, clicks.", "filters above 2560 Hz"),
        new("onset.at", 4, "samples", 0, 48000, "Where in the interval the four onsets begin, counted from its first sample; 0 when there is none.",
            "largest ratio of linear-prediction error after a sample to that before it (order 12, Makhoul 1975; Bello et al. 2005, III-C)", Begins, Averaging.Strongest,
            RangeRule.Fixed),
        new("audible", 1, "", 0, 1, "Share of the interval in which anything is heard.",
            "hops open at an RMS of -60 dBFS and close below -66 dBFS", OwnSamples, Averaging.Mean, RangeRule.Fixed),
    ];

    /// <summary>
    /// First all features normalised to 0..1 ("bass", "onset.low", ...), then all of them raw in their units ("raw.bass",
    /// ...), in the same order: the raw value of the float at offset i is at i + <see cref="RawOffset"/>.
    /// </summary>
    public static FrameLayout Layout { get; } = new(
    [
        .. Rows.Select(row => new FrameField(row.Name, row.Length, "", 0, 1, $"{row.Description} Normalised over the track.")),
        .. Rows.Select(row => new FrameField("raw." + row.Name, row.Length, row.Unit, row.Min, row.Max, row.Description)),
    ]);

    /// <summary>Where the raw half of <see cref="Layout"/> begins, in floats.</summary>
    public const int RawOffset = Slot.Count;

    /// <summary>The row that holds each float of a half.</summary>
    internal static FeatureRow[] RowOf { get; } = [.. Rows.SelectMany(row => Enumerable.Repeat(row, row.Length))];

    private static FeatureRow Band(string name, int index, string sounds) => s_amplitude with
    {
        Name = name,
        Description = FormattableString.Invariant($"RMS amplitude between {BandEdges.Broad[index]:f0} and {BandEdges.Broad[index + 1]:f0} Hz. {sounds}."),
        Formula = "sqrt(sum of bin power), Hann window of 2048, power scaled to mean square (Parseval), mean of both channels",
    };

    private static FeatureRow Onset(string name, string description, string part) => s_onset with
    {
        Name = name, Description = description,
        Formula = "peaks of SuperFlux (Boeck and Widmer 2013) above the median of the 112 ms before: mean rise of lg(1 + 500 x amplitude) in 24 filters an octave against the maximum of three neighbours two hops earlier; " + part,
    };
}
