using AInimEngine.Core.Randomness;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Tests.Measures;

/// <summary>Precision, recall, kernel distance and pair distances of points whose answers are known.</summary>
public sealed class FeatureComparisonTests
{
    private const int Length = 8;

    [Fact]
    public void HalfOfTheModesIsPreciseAndRecallsHalf()
    {
        FeatureTable real = Clusters(1, 0, 10), generated = Clusters(2, 0);
        (double precision, double recall) = FeatureComparison.PrecisionRecall(real, generated);
        Assert.True(precision > 0.85);
        Assert.InRange(recall, 0.4, 0.5);
        Assert.Equal((0.0, 0.0), FeatureComparison.PrecisionRecall(real, Clusters(3, 100)));
        Assert.Equal((1.0, 1.0), FeatureComparison.PrecisionRecall(real, Clusters(1, 0, 10)));
    }

    [Fact]
    public void TheKernelDistanceOfOneDistributionIsZeroWithinChanceAndGrowsWithAShift()
    {
        FeatureTable real = Clusters(1, 0), same = Clusters(2, 0), near = Clusters(3, 0.5f), far = Clusters(4, 1.5f);
        Assert.InRange(FeatureComparison.Kernel(real, same), -0.1, 0.1);
        Assert.True(FeatureComparison.Kernel(real, near) > 0.3);
        Assert.True(FeatureComparison.Kernel(real, far) > FeatureComparison.Kernel(real, near));
    }

    [Fact]
    public void PairDistancesAndDeviationsAreThoseOfTheDefinition()
    {
        var square = new FeatureTable(new float[] { 0, 0, 0, 2, 2, 0, 2, 2 }, 2);
        Assert.Equal((4 * 2 + 2 * Math.Sqrt(8)) / 6, square.MeanPairDistance(), 1e-5);
        Assert.Equal(1, square.Deviation(), 1e-6);
        Assert.True(double.IsNaN(new FeatureTable(new float[] { 1, 2 }, 2).MeanPairDistance()));
    }

    [Fact]
    public void AWalkOfEvenStepsIsEvenAndAJumpIsSeen()
    {
        WalkSmoothness even = WalkSmoothness.Of([0, 0, 1, 1, 2, 2, 3, 3], 2), jump = WalkSmoothness.Of([0, 0, 1, 1, 2, 2, 6, 6], 2);
        Assert.Equal((1, 1), (even.MeanStep, even.LargestStep), Close);
        Assert.Equal((2, 2), (jump.MeanStep, jump.LargestStep), Close);

        static bool Close((double Mean, double Largest) left, (double Mean, double Largest) right) =>
            Math.Abs(left.Mean - right.Mean) < 1e-6 && Math.Abs(left.Largest - right.Largest) < 1e-6;
    }

    // 300 standard normal points around each place on the diagonal.
    private static FeatureTable Clusters(ulong seed, params ReadOnlySpan<float> places)
    {
        var values = new float[places.Length * 300 * Length];
        Philox.Normal(seed, 0, values);
        for (int i = 0; i < values.Length; i++)
            values[i] += places[i / (300 * Length)];
        return new FeatureTable(values, Length);
    }
}
