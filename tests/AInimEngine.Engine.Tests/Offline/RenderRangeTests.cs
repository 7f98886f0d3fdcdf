using System.Numerics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Offline;

namespace AInimEngine.Engine.Tests.Offline;

public sealed class RenderRangeTests
{
    private const int Rate = 48000;

    [Theory]
    [InlineData(30, 1)]
    [InlineData(25, 1)]
    [InlineData(60, 1)]
    [InlineData(24000, 1001)]
    [InlineData(30000, 1001)]
    [InlineData(60000, 1001)]
    [InlineData(1, 3)]
    public void TheFrameCountIsTheDurationTimesFpsRoundedExactly(long numerator, long denominator)
    {
        // Lengths at, just below and just above half frames, up to a hundred hours, where doubles would err.
        var fps = new Rational(numerator, denominator);
        foreach (long frames in (long[])[1, 2, 29, 1000, 107_892, 10_789_211, 25_920_000])
        {
            BigInteger halfWay = (2 * new BigInteger(frames) + 1) * Rate * denominator / (2 * numerator);
            for (long samples = (long)halfWay - 2; samples <= (long)halfWay + 2; samples++)
            {
                // |count - samples*fps/rate| <= 1/2, without division.
                long count = Of(samples, fps).FrameCount;
                BigInteger twiceOff = BigInteger.Abs(2 * (new BigInteger(count) * Rate * denominator - new BigInteger(samples) * numerator));
                Assert.True(twiceOff <= new BigInteger(Rate) * denominator, $"{samples} samples at {fps} fps: {count} frames");
            }
        }
    }

    [Fact]
    public void AnySoundGetsAFrame() => Assert.Equal(1, Of(1, new Rational(30, 1)).FrameCount);

    [Fact]
    public void FromAndToAreSamplesAndTheEndOfTheTrackBoundsThem()
    {
        RenderRange range = RenderRange.Of(Request() with { FromSeconds = 1.5, ToSeconds = 2.25 }, 10 * Rate);
        Assert.Equal((72_000, 36_000), (range.FirstSample, range.SampleCount));
        Assert.Equal(0.75, range.Seconds);
        RenderRange beyond = RenderRange.Of(Request() with { FromSeconds = 9, ToSeconds = 99 }, 10 * Rate);
        Assert.Equal((9 * Rate, Rate), (beyond.FirstSample, beyond.SampleCount));
        RenderRange whole = RenderRange.Of(Request(), 10 * Rate + 1);
        Assert.Equal((0, 10 * Rate + 1), (whole.FirstSample, whole.SampleCount));
    }

    [Theory]
    [InlineData(-12.5, -600)]
    [InlineData(1000, 48_000)]
    [InlineData(0.01, 0)]
    public void TheSyncOffsetIsRoundedToSamples(double milliseconds, long samples) =>
        Assert.Equal(samples, RenderRange.Of(Request() with { SyncOffsetMilliseconds = milliseconds }, Rate).SyncOffsetSamples);

    [Fact]
    public void ARangeAfterTheEndIsRefused()
    {
        AInimException error = Assert.Throws<AInimException>(() => RenderRange.Of(Request() with { FromSeconds = 10 }, 10 * Rate));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains("10.00 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutFadesNothingIsDarkened()
    {
        RenderRange range = RenderRange.Of(Request(), 10 * Rate);
        Assert.All(Enumerable.Range(0, (int)range.FrameCount), frame => Assert.Equal(1f, range.Fade(frame)));
    }

    [Fact]
    public void AFadeIsTheShareOfItsTimeAtTheMiddleOfAFrame()
    {
        // Ten seconds at 30 fps: 2 s in are frames 0 to 59, 4 s out are frames 180 to 299.
        RenderRange range = RenderRange.Of(Request() with { FadeInSeconds = 2, FadeOutSeconds = 4 }, 10 * Rate);
        for (int frame = 0; frame < 300; frame++)
        {
            double middle = (frame + 0.5) / 30, expected = frame < 60 ? middle / 2 : frame < 180 ? 1 : (10 - middle) / 4;
            Assert.Equal(expected, range.Fade(frame), 6);
        }
    }

    [Fact]
    public void FadesLongerThanTheRangeMeetBelowFullBrightness()
    {
        RenderRange range = RenderRange.Of(Request() with { FadeInSeconds = 2, FadeOutSeconds = 2 }, Rate);
        float[] fades = [.. Enumerable.Range(0, 30).Select(frame => range.Fade(frame))];
        Assert.Equal(fades, fades.Reverse().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.InRange(fades.Max(), 0.24f, 0.25f);
        Assert.True(fades[0] > 0);
    }

    private static RenderRequest Request() => new() { Input = "a.wav", Output = "a.mp4" };

    private static RenderRange Of(long samples, Rational fps) => RenderRange.Of(Request() with { Fps = fps }, samples);
}
