using AInimEngine.Analysis.Evaluation.Metrics;
using static AInimEngine.Analysis.Evaluation.Tests.Metrics.Grids;

namespace AInimEngine.Analysis.Evaluation.Tests.Metrics;

public sealed class BeatScoreTests
{
    /// <summary>Twenty beats of half a second, from 5 s on.</summary>
    private static readonly double[] _truth = Every(0.5, 5, 20);

    [Fact]
    public void TheTruthScoresOneEverywhere()
    {
        var score = BeatScore.Of(_truth, _truth);
        Assert.Equal(new BeatScore(1, 1, 1, 1, 1, 1, 1, 1, 1), score);
    }

    [Fact]
    public void SilenceScoresZeroEverywhere() => Assert.Equal(new BeatScore(0, 0, 0, 0, 0, 0, 0, 0, 0), BeatScore.Of(_truth, []));

    [Fact]
    public void WhatIsBeforeFiveSecondsDoesNotCount() =>
        Assert.Equal(1, BeatScore.Of([.. Every(0.5, 0.5, 9), .. _truth], [1.3, 4.999, .. _truth]).F);

    [Fact]
    public void OffBeatsAreRightAtAnotherLevelOnly()
    {
        // 19 instants half-way: none within 70 ms; the level between the beats has the same 19.
        var score = BeatScore.Of(_truth, Every(0.5, 5.25, 19));
        Assert.Equal((0.0, 1.0), (score.F, score.TolerantF));
        Assert.Equal((0.0, 1.0), (score.CmlTotal, score.AmlTotal));
        // Gaussians of 250 ms by 40 ms: 20 of them over (20 + 19) / 2.
        Assert.Equal(20 * Math.Exp(-0.5 * 6.25 * 6.25) / 19.5, score.Cemgil, 12);
        Assert.Equal(1, score.TolerantCemgil, 12);
    }

    [Fact]
    public void TwiceTheTempoHasHalfOfItsBeatsRightByF()
    {
        // 39 instants, 20 of them right: F = 2 * 20 / 59. Each interval is half: nothing continues.
        var score = BeatScore.Of(_truth, Every(0.25, 5, 39));
        Assert.Equal(40.0 / 59, score.F, 12);
        Assert.Equal(1, score.TolerantF);
        Assert.Equal((0.0, 1.0), (score.CmlTotal, score.AmlTotal));
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(5.5)]
    public void HalfTheTempoIsALevelFromEitherBeat(double first)
    {
        // 10 instants, all right: F = 20 / 30.
        var score = BeatScore.Of(_truth, Every(1, first, 10));
        Assert.Equal(2.0 / 3, score.F, 12);
        Assert.Equal((1.0, 1.0), (score.TolerantF, score.AmlTotal));
        Assert.Equal(0, score.CmlTotal);
    }

    [Fact]
    public void AConstantErrorWithinToleranceIsRight()
    {
        // 60 ms late: within the 70 ms window, and 12 % of the interval is within 17.5 %.
        var score = BeatScore.Of(_truth, Every(0.5, 5.06, 20));
        Assert.Equal((1.0, 1.0), (score.F, score.CmlTotal));
        Assert.Equal(Math.Exp(-0.5 * 1.5 * 1.5), score.Cemgil, 12);
        // One bin holds all errors.
        Assert.Equal(1, score.InformationGain, 12);
    }

    [Fact]
    public void EightyMillisecondsAreRightByContinuityButNotByF()
    {
        var score = BeatScore.Of(_truth, Every(0.5, 5.08, 20));
        Assert.Equal((0.0, 1.0), (score.F, score.CmlTotal)); // 16 % of the interval
    }

    [Fact]
    public void OneMissedBeatBreaksTheRunInTwo()
    {
        // Without beat 10 there are 19; number 11 comes after twice the interval and is wrong, 18 are right of 20.
        double[] estimate = [.. _truth.Where((_, i) => i != 10)];
        var score = BeatScore.Of(_truth, estimate);
        Assert.Equal(38.0 / 39, score.F, 12);
        Assert.Equal(18.0 / 20, score.CmlTotal, 12);
        Assert.Equal(10.0 / 20, score.CmlContinuous, 12);
    }

    [Fact]
    public void AnExtraBeatCostsItselfAndTheNext()
    {
        // Between beats 9 and 10: the extra one is far from both, the next comes after half the interval; 19 of 21 right.
        double[] estimate = [.. _truth, _truth[9] + 0.25];
        Array.Sort(estimate);
        var score = BeatScore.Of(_truth, estimate);
        Assert.Equal(40.0 / 41, score.F, 12);
        Assert.Equal(19.0 / 21, score.CmlTotal, 12);
        Assert.Equal(10.0 / 21, score.CmlContinuous, 12);
    }

    [Fact]
    public void BeatsSpreadEvenlyOverTheIntervalGainNoInformation()
    {
        // 41 instants, each in the middle of another of the 41 bins of its beat's interval.
        double[] truth = Every(1, 10, 43), estimate = [.. Enumerable.Range(0, 41).Select(i => 11 + i + (i - 20) / 41.0)];
        Assert.InRange(InformationGain.Of(truth, estimate), -1e-9, 0.02);
    }

    [Fact]
    public void TwoEqualBinsGainAllButOneBit()
    {
        // Alternately on the beat and 100 ms late: entropy 1 bit, both ways, of log2 41.
        double[] estimate = [.. _truth.Select((time, i) => time + (i % 2 == 0 ? 0 : 0.1))];
        double expected = (Math.Log2(41) - 1) / Math.Log2(41);
        // Seen from the estimates, the errors are 1/6 of 0.6 s and 1/4 of 0.4 s: more bins, so never more gain.
        Assert.InRange(InformationGain.Of(_truth, estimate), expected - 0.2, expected);
    }

    [Fact]
    public void OneBeatAloneHasNoContinuityAndNoGain()
    {
        var score = BeatScore.Of(_truth, [6]);
        Assert.Equal(2.0 / 21, score.F, 12);
        Assert.Equal((0.0, 0.0, 0.0), (score.CmlTotal, score.AmlTotal, score.InformationGain));
    }

    [Fact]
    public void TheMeanIsOfEachMeasure()
    {
        var score = BeatScore.Mean([BeatScore.Of(_truth, _truth), BeatScore.Of(_truth, [])]);
        Assert.Equal(new BeatScore(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5), score);
    }
}
