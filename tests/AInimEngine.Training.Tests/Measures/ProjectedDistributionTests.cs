using AInimEngine.Core.Randomness;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Tests.Measures;

/// <summary>Distances along random directions: against the closed form, and against sorting.</summary>
public sealed class ProjectedDistributionTests
{
    private const int Length = 27, Count = 4000, DirectionCount = 512;
    private static readonly float[] s_directions = ProjectedDistribution.Directions(DirectionCount, Length, 3);

    [Fact]
    public void ASetIsNoDistanceFromItselfNorFromItselfTwice()
    {
        float[] points = Normal(1);
        ProjectedDistribution once = Of(points);
        Assert.Equal(0, once.DistanceTo(Of([.. points])));
        Assert.Equal(0, once.DistanceTo(Of([.. points, .. points])), 1e-12);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    public void AShiftAlongOneChannelComesToItsMeanShadow(double shift)
    {
        // Along u, points shifted by d in one dimension lie d |u_1| apart; the mean of |u_1| on the sphere of n dimensions is
        // gamma(n / 2) / (sqrt(pi) gamma((n + 1) / 2)).
        float[] points = Normal(2), shifted = [.. points];
        for (int i = 0; i < Count; i++)
            shifted[i * Length] += (float)shift;
        double found = Of(points).DistanceTo(Of(shifted));
        double exact = shift * Enumerable.Range(0, DirectionCount).Average(i => Math.Abs(s_directions[i * Length]));
        Assert.InRange(found / exact, 0.995, 1.005);
        Assert.InRange(found / (shift * MeanShadow(Length)), 0.9, 1.1);
    }

    [Fact]
    public void TwoGaussiansAShiftApartAreThatFarApartWithinChance()
    {
        float[] right = Normal(5);
        for (int i = 0; i < Count; i++)
            right[i * Length] += 2;
        Assert.InRange(Of(Normal(4)).DistanceTo(Of(right)) / (2 * MeanShadow(Length)), 0.9, 1.15);
    }

    [Fact]
    public void DistancesAreThoseOfSortedPointsAlsoWithHeavyTails()
    {
        foreach (int power in (int[])[1, 3])
        {
            float[] left = [.. Normal(6).Select(v => MathF.Pow(v, power))], right = [.. Normal(7).Select(v => MathF.Pow(v, power))];
            Assert.InRange(Of(left).DistanceTo(Of(right)) / Sorted(left, right), 0.99, 1.01);
        }
    }

    private static ProjectedDistribution Of(float[] points) => ProjectedDistribution.Of(points, s_directions, Length);

    private static float[] Normal(ulong seed)
    {
        var points = new float[Count * Length];
        Philox.Normal(seed, 0, points);
        return points;
    }

    private static double Sorted(float[] left, float[] right)
    {
        double sum = 0;
        for (int direction = 0; direction < DirectionCount; direction++)
        {
            double[] a = Project(left, direction), b = Project(right, direction);
            sum += a.Zip(b, (x, y) => Math.Abs(x - y)).Average();
        }
        return sum / DirectionCount;
    }

    private static double[] Project(float[] points, int direction)
    {
        var projected = new double[Count];
        for (int i = 0; i < Count; i++)
            for (int d = 0; d < Length; d++)
                projected[i] += points[i * Length + d] * (double)s_directions[direction * Length + d];
        Array.Sort(projected);
        return projected;
    }

    // gamma(n / 2) / (sqrt(pi) gamma((n + 1) / 2)) from n = 1, where it is 1, by steps of two: each takes (n) / (n + 1) off.
    private static double MeanShadow(int n)
    {
        double shadow = 1;
        for (int m = 1; m < n; m += 2)
            shadow *= m / (m + 1.0);
        return shadow;
    }
}
