using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Tests.Networks;

/// <summary>What all style networks share, and what the shipped model's numbers prove.</summary>
public sealed class StyleNetworkTests : NativeTensorTest
{
    private static string Flames => Path.Combine(RepositoryRoot(), "presets", "models", "flames64.safetensors");

    [Fact]
    public void StatisticsInTheShippedModelAreThoseOfItsOwnActivations()
    {
        // Wrong gains, multipliers or orders in the mapping or a layer change these at once.
        const int batches = 8, size = 16;
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using var network = (SmNetwork)StyleNetwork.Create(ModelFile.Open(Flames));
        var sums = new Dictionary<string, (Tensor Mean, Tensor Square)>();
        for (int batch = 0; batch < batches; batch++)
        {
            using var inner = new TensorScope();
            Tensor ws = network.Broadcast(network.Map(network.SeedZ([.. Enumerable.Range(1000 + batch * size, size).Select(i => (ulong)i)])));
            network.Synthesize(ws, (norm, x) =>
            {
                using var once = new TensorScope();
                Tensor mean = x.Mean([0, 2, 3]).Div(batches), square = x.Square().Mean([0, 2, 3]).Div(batches);
                if (sums.TryGetValue(norm, out (Tensor Mean, Tensor Square) sum))
                {
                    sum.Mean.Add_(mean);
                    sum.Square.Add_(square);
                }
                else
                {
                    sums[norm] = (once.Keep(mean).DetachFromScope(), once.Keep(square).DetachFromScope());
                }
            });
        }
        Assert.Equal(9, sums.Count);
        foreach ((string norm, (Tensor mean, Tensor square)) in sums)
        {
            Tensor stored = network.Weights[norm + ".running_mean"], variance = network.Weights[norm + ".running_var"];
            double shift = mean.Sub(stored).Square().Div(variance).Mean().Item();
            double growth = square.Sub(mean.Square()).Div(variance).Log().Mean().Item();
            Assert.InRange(Math.Sqrt(shift), 0, 0.08);
            // A gain left out would show as 0.48 at the first norm and more behind it; so few samples stray by 0.2.
            Assert.InRange(growth, -0.35, 0.35);
            mean.Dispose();
            square.Dispose();
        }
    }

    [Theory]
    [InlineData(ModelArchitecture.Sg2)]
    [InlineData(ModelArchitecture.Sm)]
    public void TruncationPullsTheFirstLayersToTheMean(ModelArchitecture architecture)
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(architecture), 5));
        Tensor w = network.Map(network.SeedZ(3));
        float[] ws = network.Broadcast(w, 0.25, 2).ToArray<float>();
        float[] mean = network.MeanW.ToArray<float>(), straight = w.ToArray<float>();
        for (int layer = 0; layer < network.Shape.Layers; layer++)
            for (int i = 0; i < 8; i++)
                Assert.Equal(layer < 2 ? mean[i] + 0.25f * (straight[i] - mean[i]) : straight[i], ws[layer * 8 + i], 1e-5f);
        Assert.True(Torch.Equal(network.Broadcast(w, 0).Select(1, 0).Select(0, 0), network.MeanW));
    }

    [Fact]
    public void MixingTakesCoarseLayersFromOneAndFineOnesFromAnother()
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(ModelArchitecture.Sg2), 6));
        Tensor first = network.Broadcast(network.SeedZ(1)), second = network.Broadcast(network.SeedZ(2));
        Tensor mixed = network.Mix(first, second, 2);
        Assert.True(Torch.Equal(mixed.Narrow(1, 0, 2), first.Narrow(1, 0, 2)));
        Assert.True(Torch.Equal(mixed.Narrow(1, 2, 4), second.Narrow(1, 2, 4)));
    }

    [Theory]
    [InlineData(ModelArchitecture.Sg2)]
    [InlineData(ModelArchitecture.Sm)]
    public void WidePicturesHaveTheSquareOneInTheirMiddle(ModelArchitecture architecture)
    {
        // At 4 and 8 pixels everything sees the edge; so the picture is compared where its layout is the square one's.
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Model model = TestModels.Filled(TestModels.Card(architecture), 7);
        using StyleNetwork square = StyleNetwork.Create(model);
        using StyleNetwork wide = StyleNetwork.Create(model, new NetworkOptions { Columns = 12, Rows = 4 });
        Tensor ws = square.Broadcast(square.Map(square.SeedZ(4)));
        Tensor large = wide.Synthesize(ws);
        Assert.Equal([1, 3, 16, 48], large.Shape);
        Assert.True(large.Narrow(3, 16, 16).Sub(large.Narrow(3, 0, 16)).Abs().Mean().Item() > 1e-3);
        Tensor difference = large.Narrow(3, 22, 4).Sub(square.Synthesize(ws).Narrow(3, 6, 4)).Abs().Mean();
        Assert.InRange(difference.Item(), 0, 0.5 * large.Abs().Mean().Item());
    }

    [Theory]
    [InlineData(ModelArchitecture.Sg2, "skip")]
    [InlineData(ModelArchitecture.Sg2, "resnet")]
    [InlineData(ModelArchitecture.Sm, "skip")]
    public void GradientsReachTheLatent(ModelArchitecture architecture, string synthesis)
    {
        using var scope = new TensorScope();
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(architecture, synthesis: synthesis), 8));
        Tensor ws = network.Broadcast(network.Map(network.SeedZ(4, 5))).Detach().RequiresGrad_();
        Tensor loss = network.Synthesize(ws).Square().Mean();
        loss.Backward();
        float[] gradient = ws.Grad!.ToArray<float>();
        // A step along the gradient gains what the gradient says.
        using GradMode noGrad = Torch.NoGrad();
        double length = gradient.Sum(g => (double)g * g), step = 2e-3 * loss.Item() / length;
        double before = network.Synthesize(ws.Sub(ws.Grad!.Mul(step))).Square().Mean().Item();
        double after = network.Synthesize(ws.Add(ws.Grad!.Mul(step))).Square().Mean().Item();
        Assert.Equal(1, (after - before) / (2 * step * length), 0.05);
        for (int layer = 0; layer < network.Shape.Layers; layer++)
            Assert.Contains(gradient.Skip(layer * 8).Take(8), g => g != 0);
    }

    [Fact]
    public void RandomModelsAreCompleteAndOfOneSize()
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        foreach (ModelArchitecture architecture in new[] { ModelArchitecture.Sg2, ModelArchitecture.Sm })
        {
            ModelCard card = TestModels.Card(architecture, 32, width: 32) with { Channels = ModelFactory.Channels(32, 512, 32) };
            Model model = ModelFactory.Random(card, 1);
            Assert.Equal(ModelShapes.Of(card).Keys.Order(), model.Arrays.Select(array => array.Name).Order());
            using StyleNetwork network = StyleNetwork.Create(model);
            Tensor image = network.Synthesize(network.Broadcast(network.Map(network.SeedZ(1, 2, 3, 4))));
            Assert.InRange(Math.Sqrt(image.Square().Mean().Item()), 0.1, 10);
            Assert.Equal(model["synthesis.torgb.bias".Replace("torgb", architecture == ModelArchitecture.Sm ? "torgb" : "b32.torgb")].Data.ToArray(), new byte[12]);
        }
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AInimEngine.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder!;
    }
}
