using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Tests;

/// <summary>Harmonic and percussive parts.</summary>
public sealed class PartsTests
{
    [Fact]
    public void SplitAgreesWithMediansBySorting()
    {
        var parts = new HarmonicPercussive();
        var history = new List<float[]>();
        for (int frame = 0; frame < 40; frame++)
        {
            float[] amplitude = Signals.Noise((ulong)frame, 0.1f, StereoSpectrum.Bins);
            for (int k = 0; k < amplitude.Length; k++)
                amplitude[k] = Math.Abs(amplitude[k]);
            float[] power = [.. amplitude.Select(a => a * a / 3)];
            parts.Hear(power, amplitude, out float harmonic, out float percussive);
            if (frame % 2 == 1)
                continue;
            history.Insert(0, amplitude);
            (double tones, double hits) = Slowly(history, power);
            Assert.Equal(Math.Sqrt(tones), harmonic, 1e-4);
            Assert.Equal(Math.Sqrt(hits), percussive, 1e-4);
        }
    }

    [Fact]
    public void ToneIsHarmonicAndClickIsPercussive()
    {
        float[] tone = Signals.Stereo(Signals.Sine(1000, 0.5f, Hop.SampleRate));
        var hop = Hearing.Hops(tone)[150];
        Assert.True(hop.Value("raw.harmonic") > 30 * hop.Value("raw.percussive"));
        float[] click = Signals.Stereo(Signals.Clicks([24000], 0.9f, Hop.SampleRate));
        hop = Hearing.Hops(click).MaxBy(h => h.Value("raw.percussive"))!;
        Assert.True(hop.Value("raw.percussive") > 10 * hop.Value("raw.harmonic"));
    }

    private static (double Tones, double Hits) Slowly(List<float[]> history, float[] power)
    {
        const int First = 1, Count = 680;
        double tones = 0, hits = 0;
        for (int k = 0; k < Count; k++)
        {
            double lasting = Median(Enumerable.Range(0, 17).Select(t => t < history.Count ? history[t][First + k] : 0));
            double broad = Median(Enumerable.Range(-8, 17).Select(d => history[0][First + Mirrored(k + d)]));
            double share = lasting * lasting / (lasting * lasting + broad * broad);
            tones += power[First + k] * share;
            hits += power[First + k] * (1 - share);
        }
        return (tones, hits);

        static int Mirrored(int k) => k < 0 ? -k : k >= Count ? 2 * (Count - 1) - k : k;
    }

    private static double Median(IEnumerable<float> values) => values.Order().ElementAt(8);
}
