using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Onsets;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Tests;

/// <summary>Live analysis: at once, the same whatever the blocks, without garbage.</summary>
public sealed class LiveTests
{
    private static readonly float[] s_music = Signals.Stereo(Signals.Music(4 * Hop.SampleRate + 77));

    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(333)]
    public void FeaturesAreTheSameBitsWhateverTheBlockSize(int block)
    {
        List<FeatureFrame> expected = Run(new LiveAnalyzer(), 0, 100000), hops = Run(new LiveAnalyzer(), 0, block);
        Assert.Equal(expected.Count, hops.Count);
        for (int n = 0; n < hops.Count; n++)
            Assert.Equal(expected[n].Values, hops[n].Values);
    }

    [Fact]
    public void HopIsReadyWithItsLastSample()
    {
        var live = new LiveAnalyzer();
        var hop = new FeatureFrame(FeatureTable.Layout);
        live.Write(Hearing.Block(s_music, 0, 255));
        Assert.False(live.TryRead(hop));
        live.Write(Hearing.Block(s_music, 255, 1));
        Assert.True(live.TryRead(hop));
        Assert.Equal((0, 256), (hop.FirstSample, hop.SampleCount));
    }

    [Fact]
    public void RestoredStateGoesOnBitForBitAndResetIsAsNew()
    {
        List<FeatureFrame> expected = Run(new LiveAnalyzer(), 0, 512);
        var first = new LiveAnalyzer();
        var hop = new FeatureFrame(FeatureTable.Layout);
        first.Write(Hearing.Block(s_music, 0, 60000));
        for (int n = 0; n < 200; n++)
            Assert.True(first.TryRead(hop));
        var state = new MemoryStream();
        var writer = new StateWriter(state);
        first.Save(writer);
        writer.Flush();
        state.Position = 0;
        var second = new LiveAnalyzer();
        second.Restore(new StateReader(state));
        Assert.Equal(state.Length, state.Position);
        Assert.Equal(200 * 256, second.NextSample);
        List<FeatureFrame> rest = Run(second, second.NextSample, 512);
        for (int n = 200; n < expected.Count; n++)
            Assert.Equal(expected[n].Values, rest[n - 200].Values);
        first.Reset();
        List<FeatureFrame> again = Run(first, 0, 512);
        for (int n = 0; n < expected.Count; n++)
            Assert.Equal(expected[n].Values, again[n].Values);
    }

    [Fact]
    public void SteadyStateAllocatesNothing()
    {
        var live = new LiveAnalyzer();
        var hop = new FeatureFrame(FeatureTable.Layout);
        long at = 0;
        Feed(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(200);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Feed(int blocks)
        {
            for (int i = 0; i < blocks; i++, at += 480)
            {
                live.Write(Hearing.Block(s_music, at, 480));
                while (live.TryRead(hop))
                {
                }
            }
        }
    }

    [Fact]
    public void OnsetsAreFoundAndKnownWithin15MillisecondsInNinetyNineOfAHundred()
    {
        (float[] sound, List<long> hits) = Beats(120, 0.12f);
        var live = new LiveAnalyzer();
        var hop = new FeatureFrame(FeatureTable.Layout);
        var decided = new List<long>();
        var found = new List<double>();
        live.Write(new AudioBlock(sound, Hop.SampleRate, 2, 0));
        while (live.TryRead(hop))
        {
            foreach (LiveOnset onset in live.Onsets)
            {
                if (onset.Band != OnsetBand.All)
                    continue;
                decided.Add(hop.FirstSample + Hop.Size);
                found.Add((double)onset.Sample / Hop.SampleRate);
            }
        }
        double f = OnsetScore.F(found, [.. hits.Select(hit => (double)hit / Hop.SampleRate)]);
        double[] delays = [.. hits.Select(hit => decided.Where(d => d > hit && d < hit + 1920).Select(d => (d - hit) / 48.0).DefaultIfEmpty(40).First()).Order()];
        double p50 = delays[delays.Length / 2], p95 = delays[(int)(delays.Length * 0.95)], p99 = delays[(int)(delays.Length * 0.99)];
        string said = $"F {f:f3}, delay p50 {p50:f1}, p95 {p95:f1}, p99 {p99:f1} ms over {delays.Length} hits, {found.Count} found";
        TestContext.Current.SendDiagnosticMessage(said);
        Assert.True(f >= 0.95, said);
        Assert.True(p99 < 15, said);
    }

    /// <summary>Drums over a pad at random instants, at least 90 ms apart.</summary>
    internal static (float[] Stereo, List<long> Hits) Beats(int seconds, float pad)
    {
        float[] sound = Signals.Pad(seconds * Hop.SampleRate, pad);
        var hits = new List<long>();
        float[] random = Signals.Noise(99, 1, 4 * seconds * 12);
        long at = 24000;
        for (int i = 0; at < sound.Length - 24000; i++)
        {
            hits.Add(at);
            float level = 0.25f + 0.3f * Math.Abs(random[2 * i]) % 0.5f;
            switch (i % 4)
            {
                case 0:
                    Signals.AddKick(sound, at, level);
                    Signals.AddHat(sound, at, level * 0.3f, (ulong)i);
                    break;
                case 2:
                    Signals.AddSnare(sound, at, level, (ulong)i);
                    break;
                default:
                    Signals.AddHat(sound, at, level * 0.5f, (ulong)i);
                    break;
            }
            at += 4800 + (long)(9600 * Math.Abs(random[2 * i + 1]));
        }
        return (Signals.Stereo(sound), hits);
    }

    private static List<FeatureFrame> Run(LiveAnalyzer live, long from, int block)
    {
        var hops = new List<FeatureFrame>();
        var hop = new FeatureFrame(FeatureTable.Layout);
        for (long at = from; at < s_music.Length / 2; at += block)
        {
            live.Write(Hearing.Block(s_music, at, block));
            while (live.TryRead(hop))
                hops.Add(Hearing.Copy(hop));
        }
        return hops;
    }
}
