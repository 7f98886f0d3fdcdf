using AInimEngine.Engine.Live;

namespace AInimEngine.Engine.Tests.Live;

public sealed class PaceTests
{
    [Theory]
    [InlineData(30, 12.5)]
    [InlineData(60, 12.5)]
    [InlineData(60, 20)]
    [InlineData(59.94, 24)]
    [InlineData(25, 25)]
    public void TheMeanRateIsTheOneAskedForWhateverTheRequestsRate(double requests, double rate)
    {
        const long second = 1_000_000_000;
        var pace = new Pace();
        int taken = 0, asked = (int)(100 * requests);
        for (int i = 0; i < asked; i++)
            taken += pace.TryTake((long)(i * second / requests), (long)(second / rate)) ? 1 : 0;
        Assert.InRange(taken, 100 * rate - 1, 100 * rate + 1);
    }

    [Fact]
    public void APauseIsWonBackByOneOnly()
    {
        var pace = new Pace();
        Assert.True(pace.TryTake(0, 100));
        Assert.True(pace.TryTake(1000, 100));
        Assert.True(pace.TryTake(1001, 100));
        Assert.False(pace.TryTake(1002, 100));
    }

    [Fact]
    public void NoIntervalLetsEverythingThrough()
    {
        var pace = new Pace();
        for (int i = 0; i < 5; i++)
            Assert.True(pace.TryTake(7, 0));
    }
}
