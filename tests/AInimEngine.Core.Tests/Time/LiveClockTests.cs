using System.Diagnostics;
using AInimEngine.Core.Time;

namespace AInimEngine.Core.Tests.Time;

public sealed class LiveClockTests
{
    private static readonly Rational s_fps = new(30_000, 1001);

    [Fact]
    public void FramesAreDueAtTheirExactInstantsAndLatenessCountsWholeFrames()
    {
        long now = 5_000_000_000;
        var clock = new LiveClock(s_fps, () => now);
        Assert.Equal(now, clock.Due);
        Assert.Equal(0, clock.Late);

        // 300 frames of 1001/30000 s are 10.01 s, to the tick.
        now += (long)(10.01m * Stopwatch.Frequency);
        Assert.Equal(300, clock.Late);
        for (int i = 0; i < 300; i++)
            clock.Advance();
        Assert.Equal((300, 0), (clock.Now.Index, clock.Late));
        Assert.Equal(now, clock.Due);
        clock.Advance();
        Assert.Equal(0, clock.Late); // it is due only then
        Assert.True(clock.Due > now);
    }

    [Fact]
    public void AWaitEndsAtItsInstantAndNeverBefore()
    {
        Deadline.Wait(0);
        for (int i = 1; i <= 5; i++)
        {
            long at = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 300;
            Deadline.Wait(at);
            Assert.True(Stopwatch.GetTimestamp() >= at);
        }
    }
}
