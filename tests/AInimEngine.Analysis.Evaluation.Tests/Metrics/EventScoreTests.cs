using AInimEngine.Analysis.Evaluation.Metrics;

namespace AInimEngine.Analysis.Evaluation.Tests.Metrics;

public sealed class EventScoreTests
{
    [Theory]
    [InlineData(new double[] { }, new double[] { }, 0, 0)]
    [InlineData(new[] { 1.0 }, new double[] { }, 0, 0)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 1.0, 2, 3 }, 3, 1)]
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { 1.25, 3 }, 1, 1.0 / 3)] // 1 of 4 and 2: 2 / 6
    [InlineData(new[] { 1.0, 2 }, new[] { 1.125, 1.0625 + 1 }, 2, 1)] // the window's edge counts
    [InlineData(new[] { 1.0 }, new[] { 0.9375, 1.0, 1.0625 }, 1, 0.5)] // one true event has one partner: 2 / 4
    [InlineData(new[] { 1.0, 1.125 }, new[] { 1.0625, 1.1875 }, 2, 1)] // greedily nearest would pair the middle two only
    public void EachInstantHasOnePartner(double[] truth, double[] estimate, int matches, double f)
    {
        EventScore score = EventScore.Of(truth, estimate, 0.125);
        Assert.Equal(matches, score.Matches);
        Assert.Equal(f, score.F, 12);
    }

    [Fact]
    public void PrecisionIsOfEstimatesAndRecallOfTruth()
    {
        EventScore score = EventScore.Of([1, 2, 3, 4], [1, 2.5], 0.1);
        Assert.Equal(0.5, score.Precision);
        Assert.Equal(0.25, score.Recall);
    }

    [Fact]
    public void TheSweepFindsAsManyPairsAsTrying()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var dice = new Evaluation.Families.Dice(seed);
            double[] truth = [.. Enumerable.Range(0, 1 + dice.Below(6)).Select(_ => dice.Uniform()).Order()];
            double[] estimate = [.. Enumerable.Range(0, 1 + dice.Below(6)).Select(_ => dice.Uniform()).Order()];
            Assert.Equal(MostPairs(truth, estimate, 0, 0), EventScore.Of(truth, estimate, 0.1).Matches);
        }
    }

    /// <summary>All ways: the estimate is left alone, or has any free true event within the window.</summary>
    private static int MostPairs(double[] truth, double[] estimate, int e, int taken)
    {
        if (e == estimate.Length)
            return 0;
        int most = MostPairs(truth, estimate, e + 1, taken);
        for (int t = 0; t < truth.Length; t++)
        {
            if ((taken & 1 << t) == 0 && Math.Abs(truth[t] - estimate[e]) <= 0.1)
                most = Math.Max(most, 1 + MostPairs(truth, estimate, e + 1, taken | 1 << t));
        }
        return most;
    }

    [Fact]
    public void OnsetsMatchWithin25MillisecondsAndBoundariesWithinHalfAndThreeSeconds()
    {
        Assert.Equal(1, OnsetScore.Of([1, 2], [1.024, 2.026]).Matches);
        SectionScore sections = SectionScore.Of([10, 20, 30, 40], [10.4, 22, 34]);
        Assert.Equal(1, sections.Near.Matches);
        Assert.Equal(2, sections.Far.Matches);
        Assert.Equal(2.0 / 7, sections.Near.F, 12);
        Assert.Equal(4.0 / 7, sections.Far.F, 12);
    }
}
