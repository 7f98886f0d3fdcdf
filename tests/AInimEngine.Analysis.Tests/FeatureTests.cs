using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

/// <summary>Hop features against signals whose features are known.</summary>
public sealed class FeatureTests
{
    private const int Second = Hop.SampleRate;

    [Theory]
    [InlineData(60, "raw.bass")]
    [InlineData(300, "raw.lowmid")]
    [InlineData(1500, "raw.mid")]
    [InlineData(7000, "raw.high")]
    public void SineFillsItsBandWithItsRmsAndNoOther(double hertz, string band)
    {
        FeatureFrame hop = Middle(Signals.Sine(hertz, 0.5f, Second));
        foreach (string name in new[] { "raw.bass", "raw.lowmid", "raw.mid", "raw.high" })
        {
            if (name == band)
                Assert.Equal(0.5 / Math.Sqrt(2), hop.Value(name), 0.002);
            else
                Assert.InRange(hop.Value(name), 0, 0.01f);
        }
    }

    [Fact]
    public void SineAtTheMiddleOfAFineBandIsLargestThereWithMostOfItsPower()
    {
        for (int band = 0; band < BandEdges.FineCount; band++)
        {
            double middle = Math.Sqrt(BandEdges.Fine[band] * BandEdges.Fine[band + 1]);
            FeatureFrame hop = Middle(Signals.Sine(middle, 0.5f, Second / 4));
            ReadOnlySpan<float> fine = hop.Field("raw.fine", BandEdges.FineCount);
            for (int other = 0; other < fine.Length; other++)
                Assert.True(other == band || fine[other] < fine[band], $"{middle:f1} Hz: band {other} {fine[other]} >= band {band} {fine[band]}");

            // The main lobe of the window is four bins wide: narrow bands share it with their neighbours.
            float least = BandEdges.Fine[band + 1] - BandEdges.Fine[band] > 4 * Hop.BinHertz ? 0.34f : 0.22f;
            Assert.InRange(fine[band], least, 0.36f);
        }
    }

    [Fact]
    public void FineBandsAreNoNarrowerThanABinAndRiseByAConstantRatio()
    {
        ReadOnlySpan<double> edges = BandEdges.Fine;
        Assert.Equal(30, edges[0]);
        Assert.Equal(16000, edges[^1]);
        double ratio = edges[^2] / edges[^3];
        for (int i = 1; i < edges.Length; i++)
        {
            Assert.True(edges[i] - edges[i - 1] >= Hop.BinHertz - 1e-9);
            Assert.Equal(Math.Max(edges[i - 1] * ratio, edges[i - 1] + Hop.BinHertz), edges[i], 1e-6 * edges[i]);
        }
    }

    [Fact]
    public void EverySemitoneFromA2ToE8LandsInItsPitchClass()
    {
        for (int note = 45; note <= 110; note++)
        {
            double hertz = 440 * Math.Pow(2, (note - 69) / 12.0);
            FeatureFrame hop = Middle(Signals.Sine(hertz, 0.3f, Second / 4));
            ReadOnlySpan<float> chroma = hop.Field("raw.chroma", 12);
            Assert.True(chroma[note % 12] > 0.9f, $"note {note}, {hertz:f1} Hz: {string.Join(" ", chroma.ToArray().Select(c => c.ToString("f2")))}");
            float sum = 0;
            foreach (float share in chroma)
                sum += share;
            Assert.Equal(1, sum, 1e-5);
        }
    }

    [Fact]
    public void TriadShowsItsThreePitchClasses()
    {
        float[] sound = new float[Second];
        foreach (double hertz in new[] { 261.63, 329.63, 392.0 })
            sound = [.. sound.Zip(Signals.Sine(hertz, 0.2f, Second), (a, b) => a + b)];
        ReadOnlySpan<float> chroma = Middle(sound).Field("raw.chroma", 12);
        Assert.True(chroma[0] + chroma[4] + chroma[7] > 0.9f);
        Assert.InRange(chroma[0], 0.25f, 0.42f);
        Assert.InRange(chroma[4], 0.25f, 0.42f);
        Assert.InRange(chroma[7], 0.25f, 0.42f);
    }

    [Fact]
    public void CentroidOfASineIsItsFrequency() =>
        Assert.Equal(3000, Middle(Signals.Sine(3000, 0.3f, Second)).Value("raw.centroid"), 40.0);

    [Fact]
    public void WhiteNoiseHasItsCentroidHalfWayAndTheFlatnessOfEulersConstant()
    {
        List<FeatureFrame> hops = Hearing.Hops(Signals.Stereo(Signals.Noise(3, 0.1f, 8 * Second)));
        var middle = hops.GetRange(20, hops.Count - 40);

        // The amplitude spectrum is level to 16 kHz, so the mean is at 8 kHz. One channel's power is exponential.
        Assert.Equal(8000, middle.Average(h => h.Value("raw.centroid")), 30.0);
        Assert.Equal(Math.Exp(-0.5772), middle.Average(h => h.Value("raw.flatness")), 0.01);

        // Two thirds of its power lie below 16 kHz.
        Assert.Equal(0.1 * Math.Sqrt((16000 - 2560) / 24000.0), Math.Sqrt(middle.Average(h => Math.Pow(h.Value("raw.high"), 2))), 0.001);
    }

    [Fact]
    public void FlatnessOfASineIsNearZero() => Assert.InRange(Middle(Signals.Sine(1000, 0.3f, Second)).Value("raw.flatness"), 0, 1e-3f);

    [Fact]
    public void RmsAndPeakAreThoseOfTheHopsOwnSamples()
    {
        float[] sound = Signals.Noise(9, 0.2f, Second / 2);
        float[] stereo = Signals.Stereo(sound);
        List<FeatureFrame> hops = Hearing.Hops(stereo);
        Assert.Equal((Second / 2 + 255) / 256, hops.Count);
        for (int n = 0; n < Second / 2 / 256; n++)
        {
            float[] own = sound[(n * 256)..((n + 1) * 256)];
            Assert.Equal(n * 256, hops[n].FirstSample);
            Assert.Equal(Math.Sqrt(own.Average(x => (double)x * x)), hops[n].Value("raw.rms"), 1e-6);
            Assert.Equal(own.Max(Math.Abs), hops[n].Value("raw.peak"));
        }
    }

    [Fact]
    public void KilohertzAtMinus23DecibelsReadsMinus23Lufs()
    {
        float[] sound = Signals.Sine(1000, (float)Math.Pow(10, -23 / 20.0), 2 * Second);
        Assert.Equal(-23, Middle(sound).Value("raw.loudness"), 0.1);
    }

    [Theory]
    [InlineData(1000, 0.0)]
    [InlineData(100, -1.1 - 0.69)]
    [InlineData(10000, 4.0 - 0.69)]
    public void KWeightingFollowsTheCurveOfTheRecommendation(double hertz, double gain)
    {
        // Gain over the -0.691 dB of the formula: +0.69 at 1 kHz, about -1.1 at 100 Hz, +4.0 in the treble.
        float[] sound = Signals.Sine(hertz, 0.1f, 2 * Second);
        Assert.Equal(-20 + gain, Middle(sound).Value("raw.loudness"), 0.15);
    }

    [Fact]
    public void SteadySoundHasNoOnsetButItsFirst()
    {
        List<FeatureFrame> hops = Hearing.Hops(Signals.Stereo(Signals.Sine(440, 0.5f, 3 * Second)));
        Assert.True(hops[0].Value("raw.onset") > 0.3f, $"{hops[0].Value("raw.onset")}");
        for (int n = 1; n < hops.Count; n++)
            Assert.True(hops[n].Value("raw.onset") == 0, $"hop {n}: {hops[n].Value("raw.onset")}");
    }

    [Fact]
    public void ImpulseIsOneOnsetAtItsSampleInEveryBand()
    {
        const int At = 30011;
        List<FeatureFrame> hops = Hearing.Hops(Signals.Stereo(Signals.Clicks([At], 0.5f, Second)));
        foreach (FeatureFrame hop in hops)
        {
            bool holds = hop.FirstSample <= At && At < hop.FirstSample + Hop.Size;
            for (int curve = 0; curve < 4; curve++)
            {
                Assert.Equal(holds ? At - hop.FirstSample : 0, hop.Value("raw.onset.at", curve));
                string name = new[] { "raw.onset", "raw.onset.low", "raw.onset.mid", "raw.onset.high" }[curve];
                Assert.Equal(holds, hop.Value(name) > 0.1f);
            }
        }
    }

    [Fact]
    public void BandOnsetsHearOnlyTheirBand()
    {
        float[] sound = new float[2 * Second];
        for (int i = Second; i < sound.Length; i++)
        {
            // A soft start, or the step itself would be in every band.
            double t = (double)(i - Second) / Second;
            sound[i] = (float)(0.5 * Math.Sin(2 * Math.PI * 80 * t) * Math.Min(1, t / 0.03));
        }
        List<FeatureFrame> hops = Hearing.Hops(Signals.Stereo(sound));
        Assert.True(hops.Max(h => h.Value("raw.onset.low")) > 0.5f);
        Assert.InRange(hops.Max(h => h.Value("raw.onset.high")), 0, 0.02f);
    }

    [Fact]
    public void EndOfTheSoundIsNoOnset()
    {
        float[] sound = Signals.Pad(2 * Second, 0.3f);
        Array.Resize(ref sound, 3 * Second);
        List<FeatureFrame> hops = Hearing.Hops(Signals.Stereo(sound));
        foreach (FeatureFrame hop in hops.Skip(2 * Second / 256 - 20))
            Assert.True(hop.Value("raw.onset") < 0.05f, $"{hop.FirstSample}: {hop.Value("raw.onset")}");
    }

    [Fact]
    public void SilenceAndConstantLevelGiveZeroAndEverythingStaysFinite()
    {
        foreach (FeatureFrame hop in Hearing.Hops(new float[Second]))
        {
            for (int i = 0; i < FeatureTable.RawOffset; i++)
                Assert.Equal(FeatureTable.RowOf[i].Silent, hop.Values[FeatureTable.RawOffset + i]);
        }
        float[] constant = new float[Second];
        Array.Fill(constant, 0.5f);
        FeatureFrame middle = Middle(constant);
        Assert.Equal(0.5f, middle.Value("raw.rms"), 1e-6);
        Assert.InRange(middle.Value("raw.mid"), 0, 1e-4f);
        Assert.All(middle.Values, x => Assert.True(float.IsFinite(x)));
    }

    [Fact]
    public void BrokenSamplesCountAsSilenceAndHugeOnesStayFinite()
    {
        float[] clean = Signals.Stereo(Signals.Noise(21, 0.1f, Second));
        float[] broken = [.. clean];
        for (int i = 1000; i < 1100; i++)
            (clean[i], broken[i]) = (0, i % 3 == 0 ? float.NaN : i % 3 == 1 ? float.PositiveInfinity : float.NegativeInfinity);
        List<FeatureFrame> expected = Hearing.Hops(clean), actual = Hearing.Hops(broken);
        for (int n = 0; n < expected.Count; n++)
            Assert.Equal(expected[n].Values, actual[n].Values);
        foreach (FeatureFrame hop in Hearing.Hops(Signals.Stereo(Signals.Noise(22, 1e30f, Second / 2))))
        {
            foreach (FrameField field in FeatureTable.Layout.Fields)
                Assert.All(hop.Field(field.Name, field.Length).ToArray(), x => Assert.InRange(x, field.Min, field.Max));
        }
    }

    [Fact]
    public void DeclaredSlotsAreThoseOfTheLayout()
    {
        FrameLayout layout = FeatureTable.Layout;
        Assert.Equal(2 * Slot.Count, layout.Size);
        (string, int)[] slots =
        [
            ("loudness", Slot.Loudness), ("rms", Slot.Rms), ("peak", Slot.Peak), ("bass", Slot.Bass), ("fine", Slot.Fine),
            ("centroid", Slot.Centroid), ("flatness", Slot.Flatness), ("chroma", Slot.Chroma), ("onset", Slot.Onset),
            ("onset.at", Slot.OnsetAt), ("audible", Slot.Audible), ("silence", Slot.Silence),
            ("loudness.short", Slot.LoudnessShort), ("loudness.integrated", Slot.LoudnessIntegrated), ("crossings", Slot.Crossings),
            ("stereo.width", Slot.Width), ("stereo.balance", Slot.Balance), ("spread", Slot.Spread), ("rolloff", Slot.RollOff),
            ("crest", Slot.Crest), ("flux", Slot.Flux), ("mel", Slot.Mel), ("mfcc", Slot.Mfcc), ("tonal", Slot.Tonal),
            ("tuning", Slot.Tuning), ("harmonic", Slot.Harmonic), ("percussive", Slot.Percussive), ("bands", Slot.Bands),
        ];
        foreach ((string name, int slot) in slots)
        {
            Assert.Equal(slot, layout.OffsetOf(name));
            Assert.Equal(slot + FeatureTable.RawOffset, layout.OffsetOf("raw." + name));
        }
    }

    private static FeatureFrame Middle(float[] mono)
    {
        List<FeatureFrame> hops = Hearing.Hops(Signals.Stereo(mono));
        return hops[hops.Count / 2];
    }
}
