using System.Diagnostics;
using AInimEngine.Control.Tempo;

namespace AInimEngine.Control.Tests.Tempo;

public sealed class TapTempoTests
{
    private readonly TapTempo _taps = new();

    [Theory]
    [InlineData(60)]
    [InlineData(97.3)]
    [InlineData(180)]
    public void TwoTapsGiveTheTempo(double bpm)
    {
        Tap(10, 10 + 60 / bpm);
        Assert.Equal(bpm, _taps.Bpm, 3);
        Assert.Equal(10 + 60 / bpm, Beat, 5);
    }

    [Fact]
    public void SixteenUnsteadyTapsGiveTheTempoToAThousandth()
    {
        // 120 BPM with a deviation of up to 20 ms, alternating: the line lies in the middle.
        for (int i = 0; i < 32; i++)
            Tap(5 + 0.5 * i + (i % 2 == 0 ? 0.02 : -0.02));
        Assert.InRange(_taps.Bpm, 119.5, 120.5);
        Assert.Equal(TapTempo.MostTaps, _taps.Count);
        Assert.InRange(Beat - (5 + 0.5 * 31), -0.006, 0.006);
    }

    [Fact]
    public void ALateTapIsASlipAndAMissingOneIsCounted()
    {
        Tap(1, 1.5, 2, 2.5, 3.2, 3.5, 4, 5, 5.5);
        Assert.Equal(120, _taps.Bpm, 1);
    }

    [Fact]
    public void TwoTapsOfAnotherTempoAreAnotherTempo()
    {
        Tap(1, 1.5, 2, 2.5);
        Tap(3.2, 3.9, 4.6);
        Assert.Equal(60 / 0.7, _taps.Bpm, 1);
    }

    [Fact]
    public void ABouncingFingerIsOneTap()
    {
        Tap(1, 1.5);
        Assert.False(_taps.Tap(At(1.55)));
        Tap(2);
        Assert.Equal(120, _taps.Bpm, 3);
    }

    [Fact]
    public void APauseBeginsAnew()
    {
        Tap(1, 1.5, 2);
        Tap(6.1);
        Assert.Equal(0, _taps.Bpm);
        Tap(6.7);
        Assert.Equal(100, _taps.Bpm, 3);
    }

    private double Beat => (double)_taps.Beat / Stopwatch.Frequency;

    private static long At(double seconds) => (long)(seconds * Stopwatch.Frequency);

    private void Tap(params double[] seconds)
    {
        foreach (double at in seconds)
            Assert.True(_taps.Tap(At(at)));
    }
}
