using AInimEngine.Neural.Latents;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Tests.Networks;

namespace AInimEngine.Neural.Tests.Latents;

/// <summary>Pictures are found again in latent space.</summary>
public sealed class ProjectionTests : NativeTensorTest
{
    [Fact]
    public void TheShippedModelFindsItsOwnPictureAgain()
    {
        Model model = ModelFile.Open(StyleNetworkTests.Flames);
        // Not every picture of its is found as well: with the default 500 steps seed 38 comes to 43 dB, seed 77 to 27.
        Assert.InRange(FindAgain(model, 200, 38), 30, 100);
    }

    [Fact]
    public void AStyleGan2FindsItsOwnPictureAgain()
    {
        ModelCard card = TestModels.Card(ModelArchitecture.Sg2, 64, width: 32) with { Channels = ModelFactory.Channels(64, 512, 32) };
        Assert.InRange(FindAgain(ModelFactory.Random(card, 1), 100, 77), 30, 100);
    }

    [Fact]
    public void WhatIsStoppedKeepsTheBestSoFar()
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(ModelArchitecture.Sm), 3));
        using var stop = new CancellationTokenSource();
        var distances = new List<double>();
        ProjectionResult result = new Projection(network, new ProjectionSettings { Steps = 100, ShareOfW = 0 }).Run(
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
    public void DistanceIsZeroOnlyForTheSamePictureAndGrowsWithTheDifference()
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using var generator = new Generator(1);
        Tensor target = Torch.Rand([1, 3, 32, 32], generator).Mul(1.6).Sub(0.8), noise = Torch.Randn([1, 3, 32, 32], generator);
        using var distance = new PictureDistance(target);
        double[] values = [.. new[] { 0, 0.01, 0.05, 0.2 }.Select(strength => distance.Measure(target.Add(noise.Mul(strength))).Item())];
        Assert.Equal(0, values[0], 1e-6);
        Assert.True(values[1] > 1e-3 && values[2] > 2 * values[1] && values[3] > 2 * values[2], string.Join(", ", values));
        Assert.Equal(-10 * Math.Log10(0.05 * 0.05 / 4), PictureDistance.Psnr(target.Add(0.05), target), 1e-3);
    }

    // Less than half of what people get by default is enough.
    private static double FindAgain(Model model, int steps, ulong seed)
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(model);
        return new Projection(network, new ProjectionSettings { Steps = steps, Candidates = 2, Starts = 48 }).Run(Picture(network, seed)).Psnr;
    }

    private static Tensor Picture(StyleNetwork network, ulong seed)
    {
        using GradMode noGrad = Torch.NoGrad();
        return network.Synthesize(network.Broadcast(network.Map(network.SeedZ(seed))));
    }
}
