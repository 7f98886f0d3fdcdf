using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Tests;

/// <summary>Whatever comes in, what comes out is a number in its range.</summary>
public sealed class RobustnessTests
{
    private const int Second = Hop.SampleRate;

    public static TheoryData<string> Sounds => [.. Named.Keys];

    private static Dictionary<string, Func<float[]>> Named { get; } = new()
    {
        ["nothing"] = () => [],
        ["one sample"] = () => [0.5f, -0.5f],
        ["50 ms"] = () => Signals.Stereo(Signals.Sine(440, 0.5f, 2400)),
        ["silence"] = () => new float[2 * Second],
        ["direct current"] = () => Filled(0.7f),
        ["full-scale noise"] = () => Signals.Stereo(Signals.Noise(1, 1, Second)),
        ["clipped"] = () => [.. Signals.Stereo(Signals.Sine(100, 30, Second)).Select(x => Math.Clamp(x, -1, 1))],
        ["absurdly loud"] = () => Filled(1e30f),
        ["not a number"] = () => Filled(float.NaN),
        ["infinite"] = () => Filled(float.PositiveInfinity),
        ["now and then not a number"] = () => [.. Signals.Stereo(Signals.Music(Second)).Select((x, i) => i % 997 == 0 ? float.NaN : i % 1009 == 0 ? float.NegativeInfinity : x)],
        ["denormal"] = () => Filled(1e-42f),
        ["alternating full scale"] = () => [.. Enumerable.Range(0, 2 * Second).Select(i => i / 2 % 2 == 0 ? 1f : -1f)],
        ["out of phase"] = () => [.. Signals.Stereo(Signals.Sine(500, 0.5f, Second)).Select((x, i) => i % 2 == 0 ? x : -x)],
    };

    [Theory]
    [MemberData(nameof(Sounds))]
    public void FeaturesLieInTheirRangeLiveAndWhole(string name)
    {
        float[] sound = Named[name]();
        var hop = new FeatureFrame(FeatureTable.Layout);
        var live = new LiveAnalyzer();
        live.Write(new AudioBlock(sound, Second, 2, 0));
        while (live.TryRead(hop))
            Check(hop, name);

        var scan = new TrackScan();
        scan.Write(new AudioBlock(sound, Second, 2, 0));
        TrackSummary summary = scan.Complete();
        Assert.True(float.IsFinite(summary.Loudness) && float.IsFinite(summary.Rms));
        Assert.All(scan.Onsets.All, onset => Assert.True(double.IsFinite(onset.Time) && onset.Strength > 0));
        var normalizer = new Normalizer(new TrackRanges(TrackSummary.FromJson(summary.ToJson())));
        foreach (FeatureFrame frame in Hearing.Frames(sound, new Rational(30, 1)))
        {
            normalizer.Apply(frame);
            Check(frame, name);
        }
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(44100)]
    [InlineData(192000)]
    public void LoudnessIsANumberForAnyRateAndOneToEightChannels(int rate)
    {
        for (int channels = 1; channels <= 8; channels++)
        {
            foreach (string name in Named.Keys)
            {
                float[] sound = Named[name]();
                var meter = new LoudnessMeter(rate, channels);
                meter.Write(new AudioBlock(sound.AsSpan(0, Math.Min(sound.Length, 40000) / channels * channels), rate, channels, 0));
                LoudnessReport report = meter.Report();
                Assert.All([report.Integrated, report.MomentaryMax, report.ShortTermMax, report.Range, report.TruePeak], x => Assert.True(double.IsFinite(x), $"{name}: {report}"));
                Assert.InRange(report.Integrated, -70, 60);
            }
        }
    }

    [Fact]
    public void LongSoundNeedsNoMoreMemoryThanAShortOneAndPositionsStayExact()
    {
        // Two minutes stand in for three hours, which would take a minute of work: every counter is a long and every buffer
        // a ring that is turned over many times in two minutes, so nothing differs later on.
        var scan = new TrackScan();
        var block = new float[2 * Second];
        block[2 * 1000] = block[2 * 1000 + 1] = 0.8f;
        for (int i = 0; i < 20; i++)
            scan.Write(new AudioBlock(block, Second, 2, (long)i * Second));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 20; i < 120; i++)
            scan.Write(new AudioBlock(block, Second, 2, (long)i * Second));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
        TrackSummary summary = scan.Complete();
        Assert.Equal(120L * Second, summary.SampleCount);
        Assert.Equal(120, scan.Onsets.All.Count);
        for (int i = 0; i < 120; i++)
            Assert.Equal(i + 1000.0 / Second, scan.Onsets.All[i].Time, 1e-9);
    }

    private static void Check(FeatureFrame frame, string name)
    {
        foreach (FrameField field in frame.Layout.Fields)
        {
            foreach (float x in frame.Field(field.Name, field.Length))
                Assert.True(x >= field.Min && x <= field.Max, $"{name}: {field.Name} = {x} at {frame.FirstSample}, range {field.Min}..{field.Max}");
        }
    }

    private static float[] Filled(float value)
    {
        var sound = new float[2 * Second];
        Array.Fill(sound, value);
        return sound;
    }
}
