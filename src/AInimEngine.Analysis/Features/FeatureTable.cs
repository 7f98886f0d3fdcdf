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
    private const string Past = "the 2048 samples centred on the hop against the 180 ms before";
    private const string Begins = "the sample at which the onset begins, found to the sample where it rises sharply";

    private static readonly FeatureRow s_amplitude = new("", 1, "amplitude", 0, 16, "", "", Centred, Averaging.Power,
        RangeRule.Percentile, FeatureScale.Loudness, 0.10f, 0.95f, LeastTop: 0.0158f, LeastWidth: 0.0063f, LeastShare: 0.4f);

    private static readonly FeatureRow s_loudness = new("", 1, "LUFS", -70, 40, "", "", "", Averaging.Mean,
        RangeRule.Percentile, FeatureScale.Linear, 0.10f, 0.95f, LeastTop: -45, LeastWidth: 12, Silent: -70);

    private static readonly FeatureRow s_onset = new("", 1, "decades", 0, 6, "", "", Begins, Averaging.Strongest,
        RangeRule.Onsets, FeatureScale.Linear, 0, 0.75f, LeastTop: 0.25f, LeastWidth: 0.25f);

    /// <summary>The features in order of offset.</summary>
    public static IReadOnlyList<FeatureRow> Rows { get; } =
    [
        s_loudness with
        {
            Name = "loudness", Description = "Momentary loudness as the ear weighs it.",
            Formula = "ITU-R BS.1770-5: K filter, mean square of both channels summed over 400 ms, -0.691 + 10 lg; not below -70",
            Instant = "the 400 ms that end with the hop: it rises with the sound, never before it",
        },
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
        new("silence", 1, "", 0, 1, "Share of the interval in which nothing is heard: 1 less audible.",
            "1 - audible", OwnSamples, Averaging.Mean, RangeRule.Fixed, Silent: 1),
        s_loudness with
        {
            Name = "loudness.short", Description = "Short-term loudness: how loud the music has been for three seconds.",
            Formula = "as loudness, over 563 hops (3.003 s)", Instant = "the 3 s that end with the hop",
        },
        s_loudness with
        {
            Name = "loudness.integrated", Description = "Integrated loudness of all that was heard so far.",
            Formula = "BS.1770-5, Annex 1, eq. 4 to 7: power mean of 400 ms blocks each 100 ms, over -70 LUFS and then over 10 LU below the mean of those",
            Instant = "all that was heard up to the end of the hop",
        },
        new("crossings", 1, "Hz", 0, 48000, "Zero crossings a second, mean of both channels: twice the frequency of a sine, 24000 for white noise.",
            "count of sign changes from sample to sample (Peeters 2004, 4.2)", OwnSamples, Averaging.Weighted,
            RangeRule.Percentile, FeatureScale.Octaves, 0.05f, 0.95f, LeastTop: 8, LeastWidth: 1.5f),
        new("stereo.width", 1, "", 0, 1, "How wide the sound is: 0 mono, 0.5 unrelated channels, 1 opposite phase; 0 in silence.",
            "s/(m + s) of the RMS of (L + R)/2 and (L - R)/2", OwnSamples, Averaging.Weighted, RangeRule.Fixed),
        new("stereo.balance", 1, "", -1, 1, "Where the sound lies: -1 left, 0 middle, 1 right; 0 in silence.",
            "(r - l)/(r + l) of the RMS of both channels", OwnSamples, Averaging.Weighted, RangeRule.Fixed),
        new("spread", 1, "Hz", 0, (float)BandEdges.Highest, "How far the spectrum reaches to both sides of its centroid; 0 in silence.",
            "sqrt(sum (f - centroid)^2 |X| / sum |X|), 20 Hz to 16 kHz (Peeters 2004, 6.1.2)", Centred, Averaging.Weighted,
            RangeRule.Percentile, FeatureScale.Octaves, 0.05f, 0.95f, LeastTop: 7, LeastWidth: 1.5f),
        new("rolloff", 1, "Hz", 0, (float)BandEdges.Highest, "Frequency below which 85 percent of the power lies; 0 in silence.",
            "smallest f with sum to f of |X|^2 = 0.85 of the sum to 16 kHz (Peeters 2004, 6.1.6)", Centred, Averaging.Weighted,
            RangeRule.Percentile, FeatureScale.Octaves, 0.05f, 0.95f, LeastTop: 7, LeastWidth: 1.5f),
        new("crest", 1, "", 0, 680, "How much the spectrum stands out: 1 when level, some hundreds for a single tone; 0 in silence.",
            "largest / mean bin power, 20 Hz to 16 kHz (Peeters 2004, 9.2)", Centred, Averaging.Weighted,
            RangeRule.Percentile, FeatureScale.Octaves, 0.05f, 0.95f, LeastTop: 4, LeastWidth: 2),
        new("flux", 1, "decades", 0, 6, "How fast the spectrum rises, all the time: the curve whose peaks are the onsets.",
            "SuperFlux (Boeck and Widmer 2013), as for onset, without picking", Centred, Averaging.Mean,
            RangeRule.Percentile, FeatureScale.Linear, 0.10f, 0.95f, LeastTop: 0.1f, LeastWidth: 0.1f),
        s_amplitude with
        {
            Name = "mel", Length = MelBands.Count,
            Description = FormattableString.Invariant($"RMS amplitude in {MelBands.Count} triangular bands, evenly spaced in mel from 20 Hz to 16 kHz."),
            Formula = "sqrt(sum of triangle x bin power); mel = 2595 lg(1 + f/700) (O'Shaughnessy 1987)",
        },
        new("mfcc", MelBands.Coefficients, "dB", -200, 200, "Timbre: 0 is the mean level of the mel bands above -100 dBFS, k how much it swings with the k-th cosine over them; 0 in silence.",
            "orthonormal DCT-II of 10 lg(1 + 10^10 x mel power), over sqrt(32) (Davis and Mermelstein 1980)", Centred, Averaging.Weighted,
            RangeRule.Percentile, FeatureScale.Linear, 0.05f, 0.95f, LeastWidth: 6),
        new("tonal", TonalCentroid.Dimensions, "", -1, 1, "Tonal centroid: sine and cosine on the circles of fifths, of minor thirds and of major thirds (radius 0.5).",
            "chroma projected on the three circles (Harte, Sandler and Gasser 2006, eq. 1 and 2)", Centred, Averaging.Weighted,
            RangeRule.Percentile, FeatureScale.Linear, 0.05f, 0.95f, LeastWidth: 0.3f),
        new("tuning", 1, "cents", -50, 50, "By how much the music is off A = 440 Hz; 0 where there is no telling.",
            "circular mean of the distance of spectral peaks above 300 Hz from their semitone, weighted with amplitude (after Gomez 2006, 3.3.2)",
            "the last five seconds or so, fading", Averaging.Weighted, RangeRule.Fixed),
        s_amplitude with
        {
            Name = "harmonic", Description = "RMS amplitude of what lasts: tones, chords, voices.",
            Formula = "power under the mask h^2/(h^2 + p^2), h the median of 17 spectra 10.7 ms apart, p that of 17 bins (Fitzgerald 2010, eq. 1 to 6)",
            Instant = Past,
        },
        s_amplitude with
        {
            Name = "percussive", Description = "RMS amplitude of what is short and broad: hits, noise.",
            Formula = "power under the mask p^2/(h^2 + p^2), as for harmonic; the two add up to all power to 16 kHz",
            Instant = Past,
        },
        s_amplitude with
        {
            Name = "bands", Length = FreeBands.Most,
            Description = "RMS amplitude in the bands that the preset asks for, in its order; 0 beyond them.",
            Formula = "sqrt(sum of bin power); an edge cuts a bin in proportion",
        },
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
