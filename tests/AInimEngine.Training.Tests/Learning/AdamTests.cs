using AInimEngine.Neural;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Tests.Learning;

public sealed class AdamTests : NativeTensorTest
{
    [Fact]
    public void StepsAreThoseOfTheFormula()
    {
        const double rate = 0.01, beta = 0.9;
        float[][] gradients = [[1, -2, 0], [0.5f, 3, 0], [-1, 1e-3f, 2]];
        using Tensor values = Tensor.From([1f, 2, 3]);
        using var adam = new Adam([new("x", values)], rate, beta);
        double[] expected = [1, 2, 3], squares = [0, 0, 0];
        for (int step = 0; step < gradients.Length; step++)
        {
            using Tensor gradient = Tensor.From(gradients[step]);
            adam.Step([gradient], step);
            for (int i = 0; i < 3; i++)
            {
                squares[i] = beta * squares[i] + (1 - beta) * gradients[step][i] * gradients[step][i];
                double unbiased = squares[i] / (1 - Math.Pow(beta, step + 1));
                expected[i] -= rate * gradients[step][i] / (Math.Sqrt(unbiased) + 1e-8);
            }
        }
        float[] actual = values.ToArray<float>();
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }

    [Fact]
    public void TheAverageHalvesADistanceInItsHalfLife()
    {
        var settings = new TrainingSettings { Batch = 10, AverageKimg = 0.1, AverageRamp = 0 };
        Assert.Equal(0.5, Math.Pow(RunningAverage.Kept(settings, 1_000_000), 10), 1e-12);
        using Tensor values = Tensor.From([0f]);
        using var average = new RunningAverage(["x"], [values]);
        values.Fill_(1);
        for (int i = 0; i < 10; i++)
            average.Update([values], RunningAverage.Kept(settings, 0));
        var saved = new Dictionary<string, Neural.Models.WeightArray>();
        average.Save("", saved);
        Assert.Equal(0.5f, saved["x"].ToSingles()[0], 1e-5f);
    }

    [Fact]
    public void TheRampKeepsTheAverageYoung()
    {
        var settings = new TrainingSettings { Batch = 16, AverageKimg = 5, AverageRamp = 0.05 };
        Assert.Equal(0, RunningAverage.Kept(settings, 0));
        Assert.Equal(Math.Pow(0.5, 16 / (0.05 * 16_000)), RunningAverage.Kept(settings, 16_000), 1e-12);
        Assert.Equal(Math.Pow(0.5, 16 / 5000.0), RunningAverage.Kept(settings, 1_000_000), 1e-12);
    }
}
