using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Tests.Models;

/// <summary>Files in the layout of StyleGAN2-ADA's tools, as those tools wrote them.</summary>
[Collection("native")]
public sealed class OfficialPickleTests
{
    public static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "data", "stylegan2", name);

    [Fact]
    public void AnUnconditionalModelOpensWithItsShape()
    {
        Model model = ModelFile.Open(Data("dev16.pkl"));
        Assert.Equal(ModelArchitecture.Sg2, model.Card.Architecture);
        Assert.Equal(16, model.Card.Resolution);
        Assert.Equal((32, 32, 0), (model.Card.ZDim, model.Card.WDim, model.Card.Classes));
        Assert.Equal("skip", model.Card.Synthesis);
        Assert.Equal(2, model.Card.MappingLayers);
        Assert.Equal(0.01, model.Card.MappingMultiplier);
        Assert.Equal(ModelShapes.Of(model.Card).Keys.Order(), model.Arrays.Select(array => array.Name).Order());
    }

    [Fact]
    public void AConditionalModelOpensWithItsClassesAndItsClamp()
    {
        Model model = ModelFile.Open(Data("dev32c.pkl"));
        Assert.Equal(32, model.Card.Resolution);
        Assert.Equal(2, model.Card.Classes);
        Assert.Equal(256, model.Card.ConvClamp);
        Assert.Equal([32, 2], model["mapping.embed.weight"].Shape);
    }
}
