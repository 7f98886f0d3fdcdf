using System.Diagnostics;
using AInimEngine.Control.Tempo;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Control.Tests.Tempo;

public sealed class MidiClockFollowerTests
{
    private readonly MidiClockFollower _clock = new();

    [Theory]
    [InlineData(40)]
    [InlineData(120)]
    [InlineData(174.5)]
    [InlineData(300)]
    public void AnEvenClockIsFollowedExactly(double bpm)
    {
        _clock.Start();
        double end = Run(0, bpm, 24 * 8 + 1);
        Assert.True(_clock.TryGet(At(end), out double found, out double beat));
        Assert.Equal(bpm, found, 2);
        Assert.Equal(8, beat, 4);
        Assert.True(_clock.TryGet(At(end + 30 / bpm), out _, out beat));
        Assert.Equal(8.5, beat, 4);
    }

    [Fact]
    public void JitterOfFiveMillisecondsIsTakenOut()
    {
        _clock.Start();
        double step = 60 / (128.0 * 24), worstBeat = 0, worstBpm = 0;
        for (int i = 0; i < 24 * 64; i++)
        {
            double truth = 3 + i * step;
            _clock.Tick(At(truth + 0.005 * (2 * Philox.Uniform(5, 0, (ulong)i) - 1)));
            if (i < 24 * 16 || !_clock.TryGet(At(truth), out double bpm, out double beat))
                continue;
            worstBeat = Math.Max(worstBeat, Math.Abs(beat - i / 24.0));
            worstBpm = Math.Max(worstBpm, Math.Abs(bpm - 128));
        }
        Assert.InRange(worstBeat, 0.0001, 0.006);
        Assert.InRange(worstBpm, 0.0001, 1.0);
    }

    [Fact]
    public void ChangesOfTempoAreFollowed()
    {
        _clock.Start();
        double at = Run(0, 100, 24 * 8);
        at = Run(at + 60 / (140.0 * 24), 140, 24 * 24);
        Assert.True(_clock.TryGet(At(at), out double bpm, out double beat));
        Assert.InRange(bpm, 139.5, 140.5);
        Assert.Equal((24 * 32 - 1) / 24.0, beat, 1);
    }

    [Fact]
    public void StartIsBeatZeroStopStandsAndContinueGoesOn()
    {
        double at = Run(0, 120, 30);
        _clock.Start();
        at = Run(at + 1 / 48.0, 120, 25);
        Assert.True(_clock.TryGet(At(at), out _, out double beat));
        Assert.Equal(1, beat, 3);
        _clock.Stop();
        at = Run(at + 1 / 48.0, 120, 48);
        Assert.False(_clock.TryGet(At(at), out _, out _));
        _clock.Continue();
        at = Run(at + 1 / 48.0, 120, 12);
        Assert.True(_clock.TryGet(At(at), out _, out beat));
        Assert.Equal(1.5, beat, 3);
        _clock.MoveTo(32);
        at = Run(at + 1 / 48.0, 120, 1);
        Assert.True(_clock.TryGet(At(at), out _, out beat));
        Assert.Equal(8, beat, 3);
    }

    [Fact]
    public void AClockThatEndsIsGone()
    {
        double at = Run(0, 120, 48);
        Assert.True(_clock.TryGet(At(at + 0.5), out _, out _));
        Assert.False(_clock.TryGet(At(at + 1.1), out _, out _));
    }

    private static long At(double seconds) => (long)((100 + seconds) * Stopwatch.Frequency);

    private double Run(double first, double bpm, int ticks)
    {
        for (int i = 0; i < ticks; i++)
            _clock.Tick(At(first + i * 60 / (bpm * 24)));
        return first + (ticks - 1) * 60 / (bpm * 24);
    }
}
