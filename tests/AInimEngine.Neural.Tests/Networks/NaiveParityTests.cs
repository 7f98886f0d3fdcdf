using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Tests.Networks;

/// <summary>Networks against loops that were written from the formulas alone.</summary>
public sealed class NaiveParityTests : NativeTensorTest
{
    [Theory]
    [InlineData("skip", NoiseMode.Const)]
    [InlineData("resnet", NoiseMode.Const)]
    [InlineData("orig", NoiseMode.Const)]
    [InlineData("resnet", NoiseMode.None)]
    public void Sg2MakesWhatTheFormulasMake(string synthesis, NoiseMode noise)
    {
        Model model = TestModels.Filled(TestModels.Card(ModelArchitecture.Sg2, synthesis: synthesis), 3);
        Compare(model, noise, (naive, ws) => naive.Sg2(ws, noise == NoiseMode.Const));
    }

    [Fact]
    public void SmMakesWhatTheFormulasMake() =>
        Compare(TestModels.Filled(TestModels.Card(ModelArchitecture.Sm), 4), NoiseMode.None, (naive, ws) => naive.Sm(ws));

    private static void Compare(Model model, NoiseMode noise, Func<NaiveNetwork, double[][], double[][,]> expect)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using StyleNetwork network = StyleNetwork.Create(model);
        int layers = network.Shape.Layers, width = network.Shape.WDim, size = network.Shape.Resolution;
        // Two pictures, another w for every layer: a mixed-up layer or batch shows.
        var values = new float[2 * layers * width];
        Philox.Normal(9, 9, values);
        float[] actual = network.Synthesize(Tensor.From(values, 2, layers, width), noise).ToArray<float>();
        for (int n = 0; n < 2; n++)
        {
            double[][] ws = [.. Enumerable.Range(0, layers).Select(layer => values.Skip((n * layers + layer) * width).Take(width).Select(v => (double)v).ToArray())];
            double[][,] expected = expect(new NaiveNetwork(model), ws);
            double largest = expected.Max(plane => plane.Cast<double>().Max(Math.Abs));
            Assert.True(largest > 0.5, "nothing to compare");
            for (int i = 0; i < 3 * size * size; i++)
            {
                double value = expected[i / (size * size)][i / size % size, i % size];
                Assert.InRange(Math.Abs(actual[n * 3 * size * size + i] - value), 0, 2e-5 * Math.Max(1, largest));
            }
        }
    }
}
