using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Tests.Models;

/// <summary>Checkpoints that torch and numpy wrote (tests/oracles/model_checkpoints.py), against what they say is in them.</summary>
[Collection("native")]
public sealed class CheckpointTests
{
    public static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "data", "checkpoints", name);

    [Theory]
    [InlineData("rosinality.pt")]
    [InlineData("rosinality-legacy.pt")]
    [InlineData("rosinality-types.pt")]
    [InlineData("fastgan.pth")]
    [InlineData("fastgan-legacy.pth")]
    [InlineData("fastgan-parametrized.pth")]
    public void ArraysHaveTheNumbersThatTorchSaysTheyHave(string file)
    {
        Model model = ModelFile.Open(Data(file));
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Data(Path.ChangeExtension(file, ".json"))));
        Assert.NotEmpty(expected.RootElement.EnumerateObject());
        foreach (JsonProperty entry in expected.RootElement.EnumerateObject())
        {
            WeightArray array = model[entry.Name];
            Assert.Equal(entry.Value[0].EnumerateArray().Select(size => size.GetInt64()), array.Shape);
            float[] values = array.ToSingles();
            double sum = 0, scale = 0;
            for (int i = 0; i < values.Length; i++)
                (sum, scale) = (sum + (i + 1.0) * values[i], scale + (i + 1.0) * Math.Abs(values[i]));
            // Torch folds in single precision: a few units in the last place of each element.
            Assert.Equal(entry.Value[1].GetDouble(), sum, 2e-6 * scale);
            Assert.Equal(entry.Value[2].GetDouble(), values[0], 3e-6 * Math.Abs(values[0]) + 1e-9);
            Assert.Equal(entry.Value[3].GetDouble(), values[^1], 3e-6 * Math.Abs(values[^1]) + 1e-9);
        }
    }

    [Fact]
    public void ARosinalityCheckpointIsAStyleGan2()
    {
        ModelCard card = ModelFile.Open(Data("rosinality.pt")).Card;
        Assert.Equal(ModelArchitecture.Sg2, card.Architecture);
        Assert.Equal((16, 8, 8, 3, "skip", 0.01), (card.Resolution, card.ZDim, card.WDim, card.MappingLayers, card.Synthesis, card.MappingMultiplier));
        Assert.Equal([6, 5, 4], card.Channels);
        Assert.Null(card.ConvClamp);
        Assert.Equal("rosinality.pt", card.Source);
    }

    [Fact]
    public void AFastGanCheckpointIsAFastGan()
    {
        ModelCard card = ModelFile.Open(Data("fastgan.pth")).Card;
        Assert.Equal(ModelArchitecture.FastGan, card.Architecture);
        Assert.Equal((256, 5, 5, 0), (card.Resolution, card.ZDim, card.WDim, card.MappingLayers));
        Assert.Equal([4, 3, 2, 2, 3, 2, 1], card.Channels);
    }

    [Fact]
    public void TypesOfHalfPrecisionStayAndDoublesBecomeSingles()
    {
        Model model = ModelFile.Open(Data("rosinality-types.pt"));
        Assert.Equal(ScalarType.Float16, model["mapping.fc0.weight"].Type);
        Assert.Equal(ScalarType.BFloat16, model["mapping.fc1.weight"].Type);
        Assert.Equal(ScalarType.Float32, model["mapping.fc2.weight"].Type);
    }

    [Fact]
    public void ATensorFlowPickleGivesTheNumbersOfTheSameModelFromTorch()
    {
        Model tensorFlow = ModelFile.Open(Data("tensorflow.pkl")), torch = ModelFile.Open(OfficialPickleTests.Data("dev16.pkl"));
        Assert.Equal(torch.Card with { Name = "", Source = "", SourceHash = "", Channels = [] }, tensorFlow.Card with { Name = "", Source = "", SourceHash = "", Channels = [], Extra = torch.Card.Extra, ClassNames = torch.Card.ClassNames, ImageChangePerUnit = torch.Card.ImageChangePerUnit });
        Assert.Equal(torch.Card.Channels, tensorFlow.Card.Channels);
        foreach (WeightArray expected in torch.Arrays)
        {
            WeightArray actual = tensorFlow[expected.Name];
            Assert.Equal(expected.Shape, actual.Shape);
            float[] a = expected.ToSingles(), b = actual.ToSingles();
            // Biases of styles have 1 taken off and added again in single precision.
            for (int i = 0; i < a.Length; i++)
                Assert.Equal(a[i], b[i], 1.2e-7f);
        }
    }

    [Theory]
    [InlineData("torchscript.pt", "TorchScript")]
    [InlineData("whole-module.pt", "torch.nn.modules.linear.Linear")]
    public void ProgramsAndWholeObjectsAreRefusedByName(string file, string named)
    {
        var error = Assert.Throws<AInimException>(() => ModelFile.Open(Data(file)));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains(named, error.Message);
        Assert.Contains("state_dict()", error.Message);
    }
}
