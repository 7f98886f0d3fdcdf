using System.Runtime.InteropServices;
using AInimEngine.Neural.Latents;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Tests.Networks;

namespace AInimEngine.Neural.Tests.Latents;

/// <summary>Models between models.</summary>
public sealed class ModelBlendTests : NativeTensorTest
{
    [Fact]
    public void EveryArrayIsMixedByTheShareOfItsResolution()
    {
        ModelCard card = TestModels.Card(ModelArchitecture.Sg2);
        Model first = TestModels.Filled(card, 1), second = TestModels.Filled(card, 2);
        Model blend = ModelBlend.Blend(first, second, "new", resolution => resolution switch { null => 0.25, 8 => 0.5, 16 => 1, _ => 0 });
        Assert.Equal("new", blend.Card.Name);
        foreach (WeightArray array in blend.Arrays)
        {
            double share = array.Name switch
            {
                _ when array.Name.StartsWith("mapping.", StringComparison.Ordinal) => 0.25,
                _ when array.Name.Contains(".b8.", StringComparison.Ordinal) => 0.5,
                _ when array.Name.Contains(".b16.", StringComparison.Ordinal) => 1,
                _ => 0,
            };
            float[] a = Values(first[array.Name]), b = Values(second[array.Name]), mixed = Values(array);
            for (int i = 0; i < a.Length; i++)
                Assert.Equal(a[i] + share * (b[i] - a[i]), mixed[i], 1e-5);
        }
    }

    [Theory]
    [InlineData("mapping.fc0.weight", null)]
    [InlineData("synthesis.const", 4)]
    [InlineData("synthesis.b4.const", 4)]
    [InlineData("synthesis.norm.running_mean", 4)]
    [InlineData("synthesis.b128.conv0.weight", 128)]
    [InlineData("synthesis.torgb.weight", 512)]
    [InlineData("feat_32.1.weight", 32)]
    [InlineData("se_64.main.1.weight", 64)]
    [InlineData("to_big.weight", 512)]
    [InlineData("init.init.0.weight", 4)]
    public void NamesSayTheResolution(string name, int? resolution) =>
        Assert.Equal(resolution, ModelBlend.ResolutionOf(name, 512));

    [Fact]
    public void ModelsOfOtherShapesAreRefused()
    {
        Model model = TestModels.Filled(TestModels.Card(ModelArchitecture.Sg2), 1);
        Assert.Contains("resolution", Refusal(model, TestModels.Card(ModelArchitecture.Sg2, 32)), StringComparison.Ordinal);
        Assert.Contains("synthesis", Refusal(model, TestModels.Card(ModelArchitecture.Sg2, synthesis: "orig")), StringComparison.Ordinal);
        Assert.Contains("architecture", Refusal(model, TestModels.Card(ModelArchitecture.Sm)), StringComparison.Ordinal);
        Assert.Contains("length", Refusal(model, TestModels.Card(ModelArchitecture.Sg2, width: 12)), StringComparison.Ordinal);
    }

    private static string Refusal(Model model, ModelCard other) =>
        Assert.Throws<ArgumentException>(() => ModelBlend.Blend(model, TestModels.Filled(other, 2), "x", _ => 0.5)).Message;

    private static float[] Values(WeightArray array) => MemoryMarshal.Cast<byte, float>(array.Data.Span).ToArray();
}
