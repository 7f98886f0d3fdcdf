using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

/// <summary>Shape, timbre, harmony and image against sounds whose values are known.</summary>
public sealed class TimbreTests
{
    private const int Second = Hop.SampleRate;

    [Fact]
    public void TwoEqualTonesSpreadByHalfTheirDistance()
    {
        float[] sound = Sum(Signals.Sine(2000, 0.2f, Second), Signals.Sine(4000, 0.2f, Second));
        Assert.Equal(3000, Middle(sound).Value("raw.centroid"), 30.0);
        Assert.Equal(1000, Middle(sound).Value("raw.spread"), 60.0);
    }

    [Fact]
    public void RollOffAndCrestOfATone()
    {
        FeatureFrame hop = Middle(Signals.Sine(3000, 0.5f, Second));
        Assert.Equal(3000, hop.Value("raw.rolloff"), 30.0);

        // The centre bin of a Hann window on a bin holds two thirds of the power.
        Assert.InRange(hop.Value("raw.crest"), 0.6 * 680, 0.68 * 680);
    }

    [Fact]
    public void RollOffOfWhiteNoiseIsAtEightyFivePercentAndItsCrestIsLow()
    {
        List<FeatureFrame> hops = Hearing.Hops(Signals.Stereo(Signals.Noise(3, 0.1f, 2 * Second)));
        Assert.Equal(0.85 * 16000, hops.Skip(20).Take(300).Average(h => h.Value("raw.rolloff")), 300.0);
        Assert.InRange(hops.Skip(20).Take(300).Average(h => h.Value("raw.crest")), 3, 14);
    }

    [Fact]
    public void SineCrossesZeroTwiceAPeriodAndWhiteNoiseEverySecondSample()
    {
        Assert.Equal(2000, Hearing.Hops(Signals.Stereo(Signals.Sine(1000, 0.3f, Second))).Skip(2).Take(100).Average(h => h.Value("raw.crossings")), 30.0);
        Assert.Equal(24000, Hearing.Hops(Signals.Stereo(Signals.Noise(8, 0.1f, Second))).Skip(2).Take(100).Average(h => h.Value("raw.crossings")), 400.0);
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(1, -1, 1, 0)]
    [InlineData(1, 0, 0.5, -1)]
    [InlineData(0, 1, 0.5, 1)]
    [InlineData(1, 3, 1.0 / 3, 0.5)]
    public void WidthAndBalanceOfOneSoundOnTwoChannels(float left, float right, double width, double balance)
    {
        float[] stereo = Signals.Stereo(Signals.Sine(700, 0.2f, Second));
        for (int i = 0; i < stereo.Length; i += 2)
            (stereo[i], stereo[i + 1]) = (stereo[i] * left, stereo[i + 1] * right);
        FeatureFrame hop = Hearing.Hops(stereo)[90];
        Assert.Equal(width, hop.Value("raw.stereo.width"), 1e-3);
        Assert.Equal(balance, hop.Value("raw.stereo.balance"), 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-35)]
    [InlineData(45)]
    public void TuningOfAChordIsFoundToThreeCents(double cents)
    {
        float[] sound = new float[Second];
        foreach (int semitone in new[] { 0, 4, 7, 12 })
            sound = Sum(sound, Signals.Sine(440 * Math.Pow(2, (semitone + cents / 100) / 12), 0.1f, Second));
        Assert.Equal(cents, Middle(sound).Value("raw.tuning"), 3.0);
    }

    [Fact]
    public void TonalCentroidTellsFifthsFromTritones()
    {
        var c = new float[Chroma.Classes];
        var near = new float[TonalCentroid.Dimensions];
        c[0] = 1;
        TonalCentroid.Of(c, near);

        // C lies at angle 0 on all circles: sines 0, cosines the radii.
        Assert.Equal([0, 1, 0, 1, 0, 0.5f], near);
        Assert.True(Distance(0, 7) < Distance(0, 6), "a fifth is nearer than a tritone");
        Assert.True(Distance(0, 4) < Distance(0, 1), "a third is nearer than a semitone");
    }

    [Fact]
    public void ToneIsLargestInItsMelBandAndCepstrumFollowsLevelAndBrightness()
    {
        for (int band = 2; band < MelBands.Count; band += 5)
        {
            float[] mel = Middle(Signals.Sine(MelBands.Centre(band), 0.3f, Second)).Field("raw.mel", MelBands.Count).ToArray();
            Assert.Equal(band, Array.IndexOf(mel, mel.Max()));
            Assert.Equal(0.3 / Math.Sqrt(2), Math.Sqrt(mel.Sum(x => (double)x * x)), 0.01);
        }
        float[] noise = Signals.Noise(4, 0.01f, Second);
        FeatureFrame quiet = Middle(noise), loud = Middle([.. noise.Select(x => 10 * x)]);
        Assert.Equal(20, loud.Value("raw.mfcc", 0) - quiet.Value("raw.mfcc", 0), 0.5);
        for (int k = 1; k < MelBands.Coefficients; k++)
            Assert.Equal(quiet.Value("raw.mfcc", k), loud.Value("raw.mfcc", k), 0.5);
        Assert.True(Middle(Signals.Sine(200, 0.3f, Second)).Value("raw.mfcc", 1) > 5, "dark");
        Assert.True(Middle(Signals.Sine(9000, 0.3f, Second)).Value("raw.mfcc", 1) < -2, "bright");
    }

    [Fact]
    public void ShortTermAndIntegratedLoudnessSettleOnTheTone()
    {
        float[] sound = Signals.Sine(1000, (float)Math.Pow(10, -23 / 20.0), 8 * Second);
        FeatureFrame hop = Hearing.Hops(Signals.Stereo(sound))[^20];
        Assert.Equal(-23, hop.Value("raw.loudness.short"), 0.1);
        Assert.Equal(-23, hop.Value("raw.loudness.integrated"), 0.1);
    }

    [Fact]
    public void LiveAnotherPresetsBandsAreMeasuredFromTheNextHopOn()
    {
        // A tone of 1 kHz, in the band of the first preset and not in that of the second.
        float[] tone = new float[188 * Hop.Size * 2]; // whole hops
        for (int i = 0; i < tone.Length; i++)
            tone[i] = 0.5f * MathF.Sin(i / 2 * (float)Math.Tau * 1000 / 48_000);
        var analyzer = new LiveAnalyzer(new FreeBands([new("voice", 300, 3000)]));
        var hop = new FeatureFrame(FeatureTable.Layout);
        int band = FeatureTable.Layout.OffsetOf("raw.bands");
        Assert.Equal(0.354, Hear(), 0.01);
        analyzer.Listen(new FreeBands([new("sub", 30, 60)]));
        Assert.Equal(0, Hear(), 0.001);

        double Hear()
        {
            analyzer.Write(new AudioBlock(tone, 48_000, 2, analyzer.NextSample));
            while (analyzer.TryRead(hop))
            {
            }
            return hop.Values[band];
        }
    }

    [Fact]
    public void FreeBandsHoldTheToneThatLiesInThem()
    {
        var bands = new FreeBands([new("sub", 30, 60), new("voice", 300, 3000), new("wide", 20, 20000)]);
        var extractor = new FeatureExtractor(bands);
        var hop = new FeatureFrame(FeatureTable.Layout);
        extractor.Write(Hearing.Block(Signals.Stereo(Signals.Sine(1000, 0.4f, Second)), 0, Second));
        for (int i = 0; i < 90; i++)
            Assert.True(extractor.TryRead(hop));
        Assert.Equal(0, hop.Value("raw.bands", 0), 1e-3);
        Assert.Equal(0.4 / Math.Sqrt(2), hop.Value("raw.bands", 1), 1e-3);
        Assert.Equal(0.4 / Math.Sqrt(2), hop.Value("raw.bands", 2), 1e-3);
        Assert.Equal(0, hop.Value("raw.bands", 3));
        Assert.Contains("narrower", Assert.Throws<ArgumentException>(() => new FreeBands([new("x", 100, 110)])).Message);
        Assert.Contains("edges lie", Assert.Throws<ArgumentException>(() => new FreeBands([new("x", double.NaN, 110)])).Message);
    }

    private static double Distance(int a, int b)
    {
        var sum = 0.0;
        var (chromaA, chromaB) = (new float[Chroma.Classes], new float[Chroma.Classes]);
        var (atA, atB) = (new float[TonalCentroid.Dimensions], new float[TonalCentroid.Dimensions]);
        chromaA[a] = chromaB[b] = 1;
        TonalCentroid.Of(chromaA, atA);
        TonalCentroid.Of(chromaB, atB);
        for (int d = 0; d < atA.Length; d++)
            sum += (atA[d] - atB[d]) * (atA[d] - atB[d]);
        return sum;
    }

    private static float[] Sum(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static FeatureFrame Middle(float[] mono) => Hearing.Hops(Signals.Stereo(mono))[90];
}
