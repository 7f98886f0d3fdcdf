using AInimEngine.Engine.Explore;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Neural;
using AInimEngine.Neural.Benchmarks;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;

namespace AInimEngine.Engine.Tests;

/// <summary>Pictures of a model that is being explored.</summary>
[Collection(Pictures.One)]
public sealed class ExploreModelTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("skip", 32, 64)]
    [InlineData("skip", 33, 128)]
    [InlineData("skip", 128, 256)]
    [InlineData("skip", 2000, 256)]
    [InlineData("orig", 32, 256)]
    public void ALargeModelIsDecodedNoLargerThanIsSeen(string synthesis, int size, int decoded)
    {
        using ExploreModel model = Open(RandomStyleModel.Sg2(256, 1024, 16, 16, synthesis));
        using var scope = new TensorScope();
        int pictures = 0;
        model.Decode(model.Stack([model.FromSeed(1), model.FromSeed(2)]), size, (i, image) =>
        {
            Assert.Equal(pictures++, i);
            Assert.Equal([3, decoded, decoded], image.Shape);
        });
        Assert.Equal(2, pictures);
    }

    [Fact]
    public void WhatIsShownIsThePictureOfThePlainNetwork()
    {
        using ExploreModel model = Open(RandomStyleModel.Sg2(64, 1024, 32, 16));
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor ws = model.Stack([model.FromSeed(7)]);
        float[] plain = model.Network.Synthesize(ws).ToArray<float>(), shown = [];
        model.Decode(ws, 64, (_, image) => shown = image.ToArray<float>());
        Assert.True(PictureQuality.Psnr(plain, shown) >= PrecisionChoice.LeastPsnr, $"{PictureQuality.Psnr(plain, shown):f1} dB");
    }

    private ExploreModel Open(Model made)
    {
        string path = _folder["model.safetensors"];
        ModelFile.Save(made, path, overwrite: true);
        return ExploreModel.Open(new ExploreSettings { Model = path });
    }
}
