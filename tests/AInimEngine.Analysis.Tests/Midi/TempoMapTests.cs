using AInimEngine.Analysis.Midi;

namespace AInimEngine.Analysis.Tests.Midi;

public sealed class TempoMapTests
{
    private static readonly TempoMap _map = TempoMap.FromTempi(480, [(960, 250_000), (480, 1_000_000), (480, 750_000)]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(480, 0.5)] // a quarter at the 120 that holds until the first tempo
    [InlineData(720, 0.875)] // of two tempi at one tick the last
    [InlineData(960, 1.25)]
    [InlineData(1440, 1.5)]
    public void TicksAndSecondsConvertBothWays(long tick, double seconds)
    {
        Assert.Equal(seconds, _map.SecondsAt(tick), 12);
        Assert.Equal(tick, _map.TicksAt(seconds), 9);
    }

    [Fact]
    public void TheTempoIsThatOfTheLastChange()
    {
        Assert.Equal(120, _map.QuartersPerMinuteAt(479), 9);
        Assert.Equal(80, _map.QuartersPerMinuteAt(480), 9);
        Assert.Equal(240, _map.QuartersPerMinuteAt(1_000_000), 9);
    }

    [Theory]
    [InlineData(4, 4, 1, 4)]
    [InlineData(3, 4, 1, 3)]
    [InlineData(2, 2, 2, 4)]
    [InlineData(6, 8, 1.5, 3)]
    [InlineData(12, 8, 1.5, 6)]
    [InlineData(7, 8, 0.5, 3.5)]
    public void ABeatIsWhatAListenerCounts(int numerator, int denominator, double beat, double bar)
    {
        var signature = new TimeSignature(0, numerator, denominator);
        Assert.Equal(beat, signature.QuartersPerBeat);
        Assert.Equal(bar, signature.QuartersPerBar);
    }

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(1, false, 7)]
    [InlineData(-1, false, 5)]
    [InlineData(0, true, 9)]
    [InlineData(-3, true, 0)]
    [InlineData(7, false, 1)]
    [InlineData(-7, true, 8)]
    public void AKeySignatureHasATonic(int sharps, bool minor, int tonic) =>
        Assert.Equal(tonic, new KeySignature(0, sharps, minor).Tonic);
}
