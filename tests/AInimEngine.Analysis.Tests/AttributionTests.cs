using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Randomness;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Tests;

/// <summary>What is heard at t is shown in frame floor(t*fps): the claim on which the whole video stands.</summary>
public sealed class AttributionTests
{
    public static TheoryData<int> RateIndexes => [0, 1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(RateIndexes))]
    public void OnsetOfAClickFallsOnItsFrameWhereverItLies(int rate)
    {
        Rational fps = Hearing.Rates[rate];
        FrameTimeline timeline = Hearing.Timeline(fps);
        var clicks = new List<long>();
        for (int i = 1; i <= 40; i++)
        {
            // A second apart, a random offset; then just before, on and just after a frame boundary.
            long second = (long)i * Hop.SampleRate;
            long boundary = timeline.FirstSample(timeline.FrameOf(second) + i % 7);
            clicks.Add((i % 5) switch
            {
                0 => boundary - 1,
                1 => boundary,
                2 => boundary + 1,
                _ => second + (long)(Philox.Uniform(7, (ulong)rate, (ulong)i) * 20000),
            });
        }
        float[] sound = Signals.Clicks([.. clicks], 0.8f, 42 * Hop.SampleRate);
        AssertEachIsTheStrongestOfItsSecond(Signals.Stereo(sound), clicks, fps, "onset");
    }

    [Theory]
    [MemberData(nameof(RateIndexes))]
    public void OnsetsOfDrumsOverAPadFallOnTheirFrames(int rate)
    {
        Rational fps = Hearing.Rates[rate];
        int length = 30 * Hop.SampleRate;
        float[] pad = Signals.Pad(length, 0.12f);
        var hits = new List<long>();
        float[] sound = pad;
        FrameTimeline timeline = Hearing.Timeline(fps);
        for (int i = 0; i < 56; i++)
        {
            long at = 24000 + i * 24000 + (long)(Philox.Uniform(11, (ulong)rate, (ulong)i) * 4000);
            if (i % 4 == 1)
                at = timeline.FirstSample(timeline.FrameOf(at)) + (i % 3 - 1) * 8; // a noisy attack is found to a few samples
            hits.Add(at);
            switch (i % 3)
            {
                case 0: Signals.AddKick(sound, at, 0.6f); break;
                case 1: Signals.AddSnare(sound, at, 0.3f, (ulong)i); break;
                default: Signals.AddHat(sound, at, 0.15f, (ulong)i); break;
            }
        }
        AssertEachIsTheStrongestOfItsSecond(Signals.Stereo(sound), hits, fps, "onset");
    }

    [Fact]
    public void SmearOfALossyCoderBeforeTheAttackIsNotTakenForIt()
    {
        // What 128 kbit/s MP3 does to an attack: noise some 30 dB below it over the ten milliseconds before.
        float[] sound = Signals.Pad(22 * Hop.SampleRate, 0.1f);
        var hits = new List<long>();
        for (int i = 1; i <= 20; i++)
        {
            long at = (long)i * Hop.SampleRate + i * 431;
            hits.Add(at);
            Signals.AddSnare(sound, at, 0.4f, (ulong)i);
            float[] smear = Signals.Noise((ulong)i + 500, 0.2f * 0.03f, 480);
            for (int j = 0; j < smear.Length; j++)
                sound[at - smear.Length + j] += smear[j] * j / smear.Length;
        }
        List<FeatureFrame> hops = Hearing.Hops(Signals.Stereo(sound));
        foreach (long hit in hits)
        {
            FeatureFrame found = hops.Where(h => Math.Abs(h.FirstSample - hit) < 4800).MaxBy(h => h.Value("raw.onset"))!;
            Assert.InRange(found.FirstSample + (long)found.Value("raw.onset.at") - hit, -24, 24);
        }
    }

    [Theory]
    [MemberData(nameof(RateIndexes))]
    public void NothingOfAClickIsSeenBeforeItsFrame(int rate)
    {
        Rational fps = Hearing.Rates[rate];
        FrameTimeline timeline = Hearing.Timeline(fps);
        for (int place = 0; place < 12; place++)
        {
            // From the first sample of a frame on, at many positions in a hop.
            long frame = timeline.FrameOf(60000) + place;
            long click = timeline.FirstSample(frame) + place * 3;
            float[] stereo = Signals.Stereo(Signals.Clicks([click], 0.8f, 2 * Hop.SampleRate));
            List<FeatureFrame> frames = Hearing.Frames(stereo, fps);
            for (int k = 0; k < frame; k++)
            {
                foreach (FrameField field in FeatureTable.Layout.Fields)
                {
                    // Whether a hop is audible is known to the hop, not to the sample.
                    if (field.Name is not ("raw.audible" or "raw.silence" or "raw.onset.at") && !field.Name.StartsWith("raw.loudness", StringComparison.Ordinal))
                        Assert.All(frames[k].Field(field.Name, field.Length).ToArray(), x => Assert.True(x == 0, $"{field.Name} is {x} in frame {k}, click in {frame}"));
                }
            }
            Assert.True(frames[(int)frame].Value("raw.high") > 0.002f, "the click itself is seen");
        }
    }

    [Theory]
    [MemberData(nameof(RateIndexes))]
    public void HitOverAPadRaisesItsBandNoEarlierThanItsFrame(int rate)
    {
        Rational fps = Hearing.Rates[rate];
        FrameTimeline timeline = Hearing.Timeline(fps);
        for (int place = 0; place < 6; place++)
        {
            float[] sound = Signals.Pad(2 * Hop.SampleRate, 0.12f);
            long frame = timeline.FrameOf(60000) + place;
            Signals.AddHat(sound, timeline.FirstSample(frame) + place * 2, 0.2f, (ulong)place);
            List<FeatureFrame> frames = Hearing.Frames(Signals.Stereo(sound), fps);
            float before = frames[(int)frame - 1].Value("raw.high"), earlier = frames[(int)frame - 3].Value("raw.high");
            Assert.True(before < 1.1f * earlier, $"{before} after {earlier}");
            Assert.True(frames[(int)frame].Value("raw.high") > 10 * earlier);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2400)]
    [InlineData(-2400)]
    [InlineData(100000)]
    [InlineData(-100000)]
    public void SyncOffsetMovesPicturesLater(long offset)
    {
        Rational fps = new(30, 1);
        const long Click = 150001;
        float[] stereo = Signals.Stereo(Signals.Clicks([Click], 0.8f, 6 * Hop.SampleRate));
        List<FeatureFrame> frames = Hearing.Frames(stereo, fps, syncOffset: offset);
        Assert.Equal(180, frames.Count);
        long expected = Hearing.Timeline(fps).FrameOf(Click + offset);
        for (int k = 0; k < frames.Count; k++)
        {
            Assert.Equal(k == expected, frames[k].Value("raw.onset") > 0);
            Assert.Equal(k == expected ? 0.8f : 0, frames[k].Value("raw.peak"));
            Assert.Equal(Hearing.Timeline(fps).FirstSample(k) - offset, frames[k].FirstSample);
        }
    }

    [Fact]
    public void FrameRmsAndPeakAreThoseOfItsOwnSamples()
    {
        Rational fps = new(30000, 1001);
        float[] sound = Signals.Noise(41, 0.2f, 2 * Hop.SampleRate);
        FrameTimeline timeline = Hearing.Timeline(fps);
        List<FeatureFrame> frames = Hearing.Frames(Signals.Stereo(sound), fps);
        for (int k = 0; k < frames.Count - 1; k++)
        {
            float[] own = sound[(int)timeline.FirstSample(k)..(int)timeline.FirstSample(k + 1)];
            Assert.Equal(own.Length, frames[k].SampleCount);
            Assert.Equal(Math.Sqrt(own.Average(x => (double)x * x)), frames[k].Value("raw.rms"), 1e-6);
            Assert.Equal(own.Max(Math.Abs), frames[k].Value("raw.peak"));
        }
    }

    private static void AssertEachIsTheStrongestOfItsSecond(float[] stereo, List<long> events, Rational fps, string name)
    {
        FrameTimeline timeline = Hearing.Timeline(fps);
        List<FeatureFrame> frames = Hearing.Frames(stereo, fps);
        Assert.Equal(timeline.FrameCount(stereo.Length / 2), frames.Count);
        var wrong = new List<string>();
        for (int i = 0; i < events.Count; i++)
        {
            long expected = timeline.FrameOf(events[i]);
            long from = i == 0 ? 0 : timeline.FrameOf((events[i - 1] + events[i]) / 2);
            long to = i == events.Count - 1 ? frames.Count : timeline.FrameOf((events[i + 1] + events[i]) / 2);
            long best = from;
            for (long k = from; k < to; k++)
            {
                if (frames[(int)k].Value("raw." + name) > frames[(int)best].Value("raw." + name))
                    best = k;
            }
            FeatureFrame f = frames[(int)best];
            long at = f.FirstSample + (long)f.Value("raw.onset.at");
            if (best != expected)
                wrong.Add($"event {i} at {events[i]} (frame {expected}, {events[i] - timeline.FirstSample(expected)} samples in): frame {best}, sample {at} ({at - events[i]:+0;-0}), strength {f.Value("raw." + name):f3}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {events.Count} at {fps} fps:\n" + string.Join("\n", wrong));
    }
}
