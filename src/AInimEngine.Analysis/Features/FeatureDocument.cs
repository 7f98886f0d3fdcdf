using System.Globalization;
using System.Text;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Features;

/// <summary>Writes docs/features.md from <see cref="FeatureTable"/>. A test keeps the file equal to it.</summary>
public static class FeatureDocument
{
    /// <summary>The document as Markdown.</summary>
    public static string Render()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Features

            What presets can listen to. Made from the table in `src/AInimEngine.Analysis/Features/FeatureTable.cs`; to change this file, change the table and run the tests of Analysis with `AINIM_WRITE_DOCS=1`.

            Every feature comes twice: normalised to 0..1 under its own name (`bass`), and raw in its unit with `raw.` before it (`raw.bass`). All are floats in one buffer, `FeatureTable.Layout` ({FeatureTable.Layout.Size} floats).

            ## Table

            | Feature | Floats | Raw unit | Raw range | What it is |
            |---|---|---|---|---|

            """);
        foreach (FeatureRow row in FeatureTable.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| `{row.Name}` | {row.Length} | {(row.Unit.Length > 0 ? row.Unit : "ratio")} | {row.Min:g6} .. {row.Max:g6} | {row.Description} |\n");

        text.Append("\n## How each is computed\n");
        foreach (FeatureRow row in FeatureTable.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                ### `{row.Name}`

                - Formula: {row.Formula}.
                - Speaks of: {row.Instant}.
                - Frame from hops: {FrameOf(row)}.
                - Normalised: {RangeOf(row)}.

                """);
        }
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Time

            Sound is 48 kHz stereo. A hop is {Hop.Size} samples ({1000.0 * Hop.Size / Hop.SampleRate:f2} ms), a spectrum {Hop.WindowSize} samples under a Hann window, a bin {Hop.BinHertz:f4} Hz. Power is taken of each channel and averaged, so sound in opposite phase does not vanish.

            Frame k of the video speaks of the samples in [k/fps, (k+1)/fps), shifted by the sync offset (positive: pictures come later), and shows nothing that is heard later:

            - `rms` and `peak` are computed from the frame's own samples.
            - A spectral feature of a hop comes from the window centred on the hop. In the 21 ms before an onset of at least {HopAnalyzer.Decisive:f1} decades such a window has already heard it; there the last spectrum before is kept. Where the onset begins inside a hop, the hop is divided at that sample.
            - `loudness` looks back 400 ms, never ahead.
            - An onset belongs to the frame that holds the sample at which it begins. That sample is not the peak of the flux, which is up to 16 ms late and a hop wide, but the first that a linear predictor of the sound before it does not foresee: exact for clicks and drums in clean sound, also over a pad; to a few samples behind noise. Lossy coding smears an attack over the milliseconds before it: half of the hits after MP3 at 128 kbit/s were found within 3 samples, nine of ten within 13; after AAC at 128 kbit/s, the worst tried, within 20 and 90. A swell without an edge gets the middle of the 21 ms before the newest sample of its spectrum.

            A hop is known {HopAnalyzer.Latency} samples ({1000.0 * HopAnalyzer.Latency / Hop.SampleRate:f0} ms) after its end. That is for files.

            Live (`LiveAnalyzer`) a hop is given with its last sample and looks at nothing behind it. Level, loudness and image are those of the hop. A spectral feature comes from the 2048 samples that end with it, so that its middle lies 21 ms back; harmonic and percussive parts are computed anew every second hop. Onsets come from a window of 1024 samples and are decided where the flux rises, not when it has peaked, and told with what it rises by in two hops, so that a hit is as strong wherever in the hop it began: less than 15 ms after the onset in 99 of 100 hits (tests measure both). Their times are told beside the frame (`LiveAnalyzer.Onsets`), and `onset.at` is 0.

            ## Notes

            `TrackScan.Onsets` lists every note of a track over the whole band and in three. It hears more than the features above, which show hits: its threshold (1.2 decades summed over 137 filters, against the mean from 100 ms before to 70 ms after) is that of best F on rendered compositions with their note-on times as truth.

            ## Ranges

            A first pass (`TrackScan`) finds the range of each feature over the frames in which something is heard, in bounded memory. 0 and 1 are the bounds named above; up to 0.85 the scale is straight, then it bends so that 1 is reached at 1.15. In silence (RMS below -60 dBFS, until above again; the gate closes at -66) values fall to 0 within {1000 * Normalizer.ReleaseSeconds:f0} ms, onsets at once.

            - A range has a least top: what is quieter than that stays dark instead of being turned up. It has a least width, so that a steady sound or a hiss does not flicker between 0 and 1; it is widened downwards, so that what is steadily there stays bright.
            - Amplitudes are normalised as x^0.6, the growth of loudness, and reach at least to 0.6 of the loudest moments, so that a rare drop is not clipped.
            - Onsets are ranked with their square as weight: twenty hits outvote a thousand ripples, and one click a second in silence reads near 1.
            - Chroma keeps one range for all twelve classes: with one each, the key note would vanish because it is always there.

            ## Bands

            Bass, low-mid, mid, high: {Join(BandEdges.Broad, "f0")} Hz. Onset bands: low and high are the outer two of them, mid the two between.

            Edges of the fine bands: {Join(BandEdges.Fine, "f1")} Hz.

            ## Cost

            Measured on one core of an AMD EPYC with AVX2, .NET 10: a window with its transform, power and amplitude of both channels 1.6 to 2.1 us (1.5 us of it the transform). MathNet.Numerics 5.0 took 47 to 69 us for the same pair as one complex transform, and 94 to 139 us as two real ones, with 1.3 to 52 kB of garbage a call; hence our own. `./ainim bench analysis` measures both passes, live hearing and the loudness meter. On a core shared with other work, where the transform took three times as long as above, the live chain took 0.55 percent of a core and scanning four minutes 1.3 s of processor time; half of what a hop of features costs are the medians of the harmonic and percussive parts. The steady state allocates nothing. With AVX, AVX2 or FMA switched off the bits are the same.

            ## Sources

            - S. Boeck, G. Widmer: Maximum filter vibrato suppression for onset detection. DAFx 2013.
            - J. P. Bello et al.: A tutorial on onset detection in music signals. IEEE Trans. Speech and Audio Processing 13(5), 2005.
            - J. Makhoul: Linear prediction, a tutorial review. Proc. IEEE 63(4), 1975.
            - ITU-R BS.1770-5: Algorithms to measure audio programme loudness and true-peak audio level. 2023.
            - G. Peeters: A large set of audio features for sound description. IRCAM 2004.
            - E. Gomez: Tonal description of polyphonic audio for music content processing. INFORMS J. Computing 18(3), 2006.
            - S. Boeck, F. Krebs, M. Schedl: Evaluating the online capabilities of onset detection methods. ISMIR 2012.
            - C. Harte, M. Sandler, M. Gasser: Detecting harmonic change in musical audio. AMCMM 2006.
            - D. Fitzgerald: Harmonic/percussive separation using median filtering. DAFx 2010.
            - S. Davis, P. Mermelstein: Comparison of parametric representations for monosyllabic word recognition. IEEE Trans. ASSP 28, 1980.
            - EBU Tech 3341 and 3342: Loudness metering; Loudness range. 2023.
            - S. S. Stevens: The measurement of loudness. JASA 27, 1955.

            """);
        return text.ToString();
    }

    private static string FrameOf(FeatureRow row) => row.Averaging switch
    {
        Averaging.Samples => "none, taken from the samples",
        Averaging.Mean => "mean over the part of each hop in the frame",
        Averaging.Power => "root mean square over the part of each hop in the frame",
        Averaging.Weighted => "mean over the part of each hop in the frame, weighted with the power of its spectrum",
        _ => "the strongest that begins in the frame",
    };

    private static string RangeOf(FeatureRow row)
    {
        string scale = row.Scale switch
        {
            FeatureScale.Loudness => "x^0.6, ",
            FeatureScale.Octaves => "log2, ",
            _ => "",
        };
        return row.Rule switch
        {
            RangeRule.Percentile => FormattableString.Invariant($"{scale}percentiles {100 * row.LowPercentile:f0} to {100 * row.HighPercentile:f0} of the track; least top {row.LeastTop:g3}, least width {row.LeastWidth:g3}")
                + (row.LeastShare > 0 ? FormattableString.Invariant($" or {row.LeastShare:g3} of the top") : ""),
            RangeRule.Onsets => FormattableString.Invariant($"0 to the strength below which {100 * row.HighPercentile:f0} percent of the onsets lie, each counted with its square; least top {row.LeastTop:g3}"),
            RangeRule.Classes => FormattableString.Invariant($"1/12 to percentile {100 * row.HighPercentile:f0} of the largest class; least top {row.LeastTop:g3}"),
            _ => row.Unit == "samples" ? "share of the frame" : "1 while anything is heard, falling to 0 in silence",
        };
    }

    private static string Join(ReadOnlySpan<double> values, string format)
    {
        var parts = new string[values.Length];
        for (int i = 0; i < values.Length; i++)
            parts[i] = values[i].ToString(format, CultureInfo.InvariantCulture);
        return string.Join(", ", parts);
    }
}
