using AInimEngine.Neural.Latents;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Tests.Networks;

namespace AInimEngine.Neural.Tests.Latents;

/// <summary>Pictures are found again in latent space.</summary>
public sealed class ProjectionTests : NativeTensorTest
{
    // Half of the usual steps at most, from the mean alone. Not every picture is found as well: docs/benchmarks.md.
    [Theory]
    [InlineData(38, 110)]
    [InlineData(77, 250)]
    public void TheShippedModelFindsItsOwnPictureAgain(ulong seed, int steps)
    {
        Model model = ModelFile.Open(StyleNetworkTests.Flames);
        Assert.InRange(FindAgain(model, steps, seed), 30, 100);
    }

    [Fact]
    public void AStyleGan2FindsItsOwnPictureAgain()
    {
        ModelCard card = TestModels.Card(ModelArchitecture.Sg2, 64, width: 32) with { Channels = ModelFactory.Channels(64, 512, 32) };
        Assert.InRange(FindAgain(ModelFactory.Random(card, 1), 60, 77), 30, 100);
    }

    [Fact]
    public void WhatIsStoppedKeepsTheBestSoFar()
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(ModelArchitecture.Sm), 3));
        using var stop = new CancellationTokenSource();
        var distances = new List<double>();
        ProjectionResult result = new Projection(network, new ProjectionSettings { Steps = 100, Candidates = 1 }).Run(
            Picture(network, 5),
            (step, distance) =>
            {
                distances.Add(distance);
                if (step == 20)
                    stop.Cancel();
            },
            stop.Token);
        Assert.Equal(20, result.Steps);
        Assert.Equal(20, distances.Count);
        Assert.Equal(distances.Min(), result.Distance, 1e-6);
    }

    [Fact]
    public void SeveralStartsComeNearerThanTheMeanAlone()
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(ModelArchitecture.Sm), 3));
        var told = new List<int>();
        var settings = new ProjectionSettings { Steps = 40, Candidates = 5, ShareOfTrials = 0.25 };
        ProjectionResult several = new Projection(network, settings).Run(Picture(network, 5), (step, _) => told.Add(step));
        ProjectionResult trials = new Projection(network, settings with { Steps = 10, ShareOfTrials = 1, Candidates = 1 }).Run(Picture(network, 5));
        // Ten steps from each of five places, and thirty more from the best.
        Assert.Equal((40, 80), (several.Steps, told.Count));
        Assert.True(several.Distance <= trials.Distance, $"{several.Distance} {trials.Distance}");
        ProjectionResult again = new Projection(network, settings).Run(Picture(network, 5));
        Assert.Equal(several.W, again.W);
    }

    [Fact]
    public void InWAllLayersShareOneLatent()
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(ModelArchitecture.Sm), 3));
        ProjectionResult result = new Projection(network, new ProjectionSettings { Steps = 20, Candidates = 2, OnlyW = true }).Run(Picture(network, 5));
        float[] first = result.W[..network.Shape.WDim];
        Assert.Equal(Enumerable.Repeat(first, network.Shape.Layers).SelectMany(w => w), result.W);
    }

    [Fact]
    public void DistanceIsZeroOnlyForTheSamePictureAndGrowsWithTheDifference()
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using var generator = new Generator(1);
        Tensor target = Torch.Rand([1, 3, 32, 32], generator).Mul(1.6).Sub(0.8), noise = Torch.Randn([1, 3, 32, 32], generator);
        using var distance = new PictureDistance(target);
        double[] values = [.. new[] { 0, 0.01, 0.05, 0.2 }.Select(strength => distance.Measure(target.Add(noise.Mul(strength))).Item())];
        Assert.Equal(0, values[0], 1e-6);
        Assert.True(values[1] > 5e-5 && values[2] > 2 * values[1] && values[3] > 2 * values[2], string.Join(", ", values));
        Assert.Equal(-10 * Math.Log10(0.05 * 0.05 / 4), PictureDistance.Psnr(target.Add(0.05), target), 1e-3);
    }

    private static double FindAgain(Model model, int steps, ulong seed)
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(model);
        return new Projection(network, new ProjectionSettings { Steps = steps, Candidates = 1 }).Run(Picture(network, seed)).Psnr;
    }

    private static Tensor Picture(StyleNetwork network, ulong seed)
    {
        using GradMode noGrad = Torch.NoGrad();
        return network.Synthesize(network.Broadcast(network.Map(network.SeedZ(seed))));
    }
}
