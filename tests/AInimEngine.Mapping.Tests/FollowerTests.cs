using AInimEngine.Mapping.Signals;

namespace AInimEngine.Mapping.Tests;

public sealed class FollowerTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(1000)]
    public void AStepRisesAsOneMinusExpAtAnyFrameRate(int fps)
    {
        var follower = new Follower(attackMs: 200, releaseMs: 50);
        for (int frame = 1; frame <= fps; frame++)
            Assert.Equal(1 - Math.Exp(-frame / (0.2 * fps)), follower.Step(1, 1.0 / fps), 1e-12);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(60)]
    public void AReleaseFallsAsExpAtAnyFrameRate(int fps)
    {
        var follower = new Follower(attackMs: 0, releaseMs: 150) { Value = 1 };
        for (int frame = 1; frame <= fps; frame++)
            Assert.Equal(Math.Exp(-frame / (0.15 * fps)), follower.Step(0, 1.0 / fps), 1e-12);
    }

    [Fact]
    public void AttackZeroReachesTheInputInTheVeryStep()
    {
        var follower = new Follower(attackMs: 0, releaseMs: 150);
        Assert.Equal(0.7, follower.Step(0.7, 1.0 / 30));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0.3, 0.3)]
    public void TheIntegralIsThatOfTheCurve(double start, double input)
    {
        var coarse = new Follower(120, 300) { Value = start };
        double expected = 0;
        var fine = new Follower(120, 300) { Value = start };
        const int Steps = 100_000;
        for (int i = 0; i < Steps; i++)
        {
            double before = fine.Value;
            expected += (before + fine.Step(input, 0.04 / Steps)) / 2 * (0.04 / Steps);
        }
        Assert.Equal(expected, coarse.StepIntegral(input, 0.04), 1e-10);
        Assert.Equal(fine.Value, coarse.Value, 1e-9);
    }

    [Fact]
    public void TheIntegralDoesNotDependOnTheFrameRate()
    {
        var whole = new Follower(120, 300);
        var halves = new Follower(120, 300);
        for (int frame = 0; frame < 100; frame++)
        {
            double input = frame / 10 % 2;
            double sum = halves.StepIntegral(input, 1.0 / 60) + halves.StepIntegral(input, 1.0 / 60);
            Assert.Equal(sum, whole.StepIntegral(input, 1.0 / 30), 1e-12);
        }
    }
}
