using System.Numerics;
using AInimEngine.Core.Time;
using FsCheck.Fluent;

namespace AInimEngine.Core.Tests.Time;

public sealed class FrameTimelineTests
{
    private const int Rate = 48000;

    private static readonly FrameTimeline[] _timelines =
    [
        new(new Rational(30, 1), Rate),
        new(new Rational(60, 1), Rate),
        new(new Rational(25, 1), 44100),
        new(new Rational(30000, 1001), Rate),
        new(new Rational(24000, 1001), 44100),
        new(new Rational(120000, 1001), 8000),
        new(new Rational(1, 3), 11025),
    ];

    [Fact]
    public void EverySampleBelongsToExactlyOneFrame() => Properties.Check(
        Prop.ForAll(Gen.Elements(_timelines).ToArbitrary(), Generate.Samples.ToArbitrary(), (timeline, sample) =>
        {
            long frame = timeline.FrameOf(sample);
            return timeline.FirstSample(frame) <= sample && sample < timeline.FirstSample(frame + 1);
        }));

    [Fact]
    public void TheFirstSampleOfAFrameLiesInThatFrameAndTheOneBeforeItDoesNot() => Properties.Check(
        Prop.ForAll(Gen.Elements(_timelines).ToArbitrary(), Generate.Frames.ToArbitrary(), (timeline, frame) =>
        {
            long first = timeline.FirstSample(frame);
            return timeline.FrameOf(first) == frame && timeline.FrameOf(first - 1) == frame - 1;
        }));

    [Fact]
    public void NtscOverTenHoursIsExactAtEveryFrame()
    {
        var timeline = new FrameTimeline(new Rational(30000, 1001), Rate);
        long frames = timeline.FrameCount(10L * 3600 * Rate);
        Assert.Equal(1078921, frames); // 36000 s * 30000/1001 = 1 078 921.08
        for (long frame = 0; frame <= frames; frame++)
        {
            // The smallest s with s/48000 >= frame*1001/30000, in arithmetic that cannot round.
            BigInteger numerator = (BigInteger)frame * 1001 * Rate;
            Assert.Equal(-Exact.Floor(-numerator, 30000), timeline.FirstSample(frame));
        }
    }

    [Fact]
    public void TheFramesOfTenHoursTileTheSamplesWithoutGapOrOverlap()
    {
        var timeline = new FrameTimeline(new Rational(30000, 1001), Rate);
        long total = 0, shortest = long.MaxValue, longest = 0;
        for (long frame = 0; frame < 1078921; frame++)
        {
            long length = timeline.FirstSample(frame + 1) - timeline.FirstSample(frame);
            total += length;
            shortest = Math.Min(shortest, length);
            longest = Math.Max(longest, length);
        }
        Assert.Equal(timeline.FirstSample(1078921), total);
        Assert.Equal((1601, 1602), (shortest, longest)); // 1601.6 samples a frame
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(1, 1)]
    [InlineData(799, 1)]
    [InlineData(48000, 30)]
    [InlineData(48799, 30)]
    [InlineData(48800, 31)]
    public void FrameCountIsRoundedAndAtLeastOneWhenThereIsSound(long samples, long frames) =>
        Assert.Equal(frames, new FrameTimeline(new Rational(30, 1), Rate).FrameCount(samples));

    [Fact]
    public void FrameCountAgreesWithExactArithmetic() => Properties.Check(
        Prop.ForAll(Gen.Elements(_timelines).ToArbitrary(), Generate.Samples.ToArbitrary(), (timeline, samples) =>
        {
            BigInteger denominator = (BigInteger)timeline.SampleRate * timeline.Fps.Denominator;
            BigInteger rounded = Exact.Floor(2 * (BigInteger)samples * timeline.Fps.Numerator + denominator, 2 * denominator);
            return timeline.FrameCount(samples) == (samples == 0 ? 0 : BigInteger.Max(1, rounded));
        }));

    [Fact]
    public void TheOfflineClockAdvancesByWholeFrames()
    {
        var clock = new FixedStepClock(new Rational(30000, 1001), firstFrame: 17);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(17 + i, clock.Now.Index);
            clock.Advance();
        }
        Assert.Equal(1017 * 1001 / 30000.0, clock.Now.Seconds);
        Assert.Equal(1001 / 30000.0, clock.Now.DeltaSeconds);
    }
}
