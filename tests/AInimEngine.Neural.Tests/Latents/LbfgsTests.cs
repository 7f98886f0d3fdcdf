using AInimEngine.Neural.Latents;

namespace AInimEngine.Neural.Tests.Latents;

/// <summary>Descent with a memory of curvature, on functions whose minimum is known.</summary>
public sealed class LbfgsTests
{
    [Fact]
    public void ItFindsTheEndOfRosenbrocksValley()
    {
        int evaluations = 0;
        double value = double.NaN;
        double[] at = [];
        var search = new Lbfgs([-1.2, 1, -1.2, 1], (x, gradient) =>
        {
            evaluations++;
            value = 0;
            for (int i = 0; i < x.Length; i += 2)
            {
                double across = x[i + 1] - x[i] * x[i], along = 1 - x[i];
                value += 100 * across * across + along * along;
                gradient[i] = -400 * x[i] * across - 2 * along;
                gradient[i + 1] = 200 * across;
            }
            at = x;
            return value;
        });
        while (evaluations < 200 && value > 1e-16 && search.Iterate())
        {
        }
        // Straight down takes thousands of steps here.
        Assert.InRange(evaluations, 1, 100);
        Assert.All(at, x => Assert.Equal(1, x, 1e-6));
    }

    [Fact]
    public void ASearchThatPausesGoesOnWithItsCurvature()
    {
        int used = 0, budget = 12;
        double[]? first = null;
        var search = new Lbfgs([-1.2, 1], (x, gradient) =>
        {
            first ??= [.. x];
            if (used >= budget)
                return double.NaN;
            used++;
            double across = x[1] - x[0] * x[0], along = 1 - x[0];
            gradient[0] = -400 * x[0] * across - 2 * along;
            gradient[1] = 200 * across;
            return 100 * across * across + along * along;
        }, () => used >= budget);
        while (used < budget)
            search.Iterate();
        first = null;
        Assert.False(search.Iterate());
        double[] wanted = first!;
        budget = 500;
        first = null;
        Assert.True(search.Iterate());
        // The same direction and length as before, and not straight down.
        Assert.Equal(wanted, first);
    }

    [Fact]
    public void EveryIterationComesLowerAndTheLastOneSaysSo()
    {
        // Curvatures from 1 to 10,000: badly scaled, and with a minimum of 0 at 3.
        const int count = 12;
        double lowest = double.PositiveInfinity, value = 0;
        var search = new Lbfgs(new double[count], (x, gradient) =>
        {
            value = 0;
            for (int i = 0; i < count; i++)
            {
                double curvature = Math.Pow(10, 4.0 * i / (count - 1)), away = x[i] - 3;
                value += 0.5 * curvature * away * away;
                gradient[i] = curvature * away;
            }
            return value;
        });
        int iterations = 0;
        while (search.Iterate())
        {
            Assert.True(value < lowest, $"iteration {iterations}: {value} after {lowest}");
            lowest = value;
            Assert.InRange(++iterations, 1, 300);
        }
        Assert.InRange(lowest, 0, 1e-9);
    }

    [Fact]
    public void AFunctionThatEndsEndsTheDescent()
    {
        int evaluations = 0;
        var search = new Lbfgs([5.0], (x, gradient) =>
        {
            gradient[0] = 4 * x[0] * x[0] * x[0];
            return ++evaluations > 3 ? double.NaN : x[0] * x[0] * x[0] * x[0];
        });
        int iterations = 0;
        while (search.Iterate())
            Assert.InRange(++iterations, 1, 3);
        Assert.InRange(evaluations, 4, 100);
    }
}
