using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Learning;
using AInimEngine.Training.Networks;
using AInimEngine.Training.Tests.Learning;

namespace AInimEngine.Training.Tests.Networks;

public sealed class DiscriminatorTests : NativeTensorTest
{
    [Fact]
    public void AnswersInBfloat16AreNearThoseInSinglePrecision()
    {
        // 64 pixels: halved both as squares and as convolution and pooling.
        var settings = TinyTraining.Settings with { Resolution = 64, Width = 512 };
        var shape = DiscriminatorShape.Of(settings);
        Dictionary<string, WeightArray> arrays = InitialWeights.Discriminator(shape, new StepDraws(2));
        using var exact = new Discriminator(shape, arrays);
        using var rounded = new Discriminator(shape, arrays, isBf16: true);
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor pictures = Tensor.From(new StepDraws(3).Normal(DrawPurpose.FirstLatent, 0, 8 * 3 * 64 * 64), 8, 3, 64, 64);
        Tensor expected = exact.Judge(pictures).Answers, actual = rounded.Judge(pictures).Answers;
        double size = expected.Square().Mean().Sqrt().Item();
        Assert.InRange(expected.Sub(actual).Square().Mean().Sqrt().Item(), 1e-6 * size, 0.03 * size);
    }

    [Fact]
    public void PicturesThatAreAllAlikeAreToldByTheirGroup()
    {
        // With the channel of deviations, the answer to a picture depends on those beside it.
        TrainingSettings settings = TinyTraining.Settings;
        var shape = DiscriminatorShape.Of(settings);
        using var discriminator = new Discriminator(shape, InitialWeights.Discriminator(shape, new StepDraws(2)));
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor pictures = Tensor.From(new StepDraws(3).Normal(DrawPurpose.FirstLatent, 0, 4 * 3 * 256), 4, 3, 16, 16);
        Tensor first = pictures.Narrow(0, 0, 1);
        double varied = discriminator.Judge(pictures).Answers.Select(0, 0).Item();
        double alike = discriminator.Judge(first.Expand(4, -1, -1, -1)).Answers.Select(0, 0).Item();
        double alone = discriminator.Judge(first).Answers.Item();
        Assert.Equal(alone, alike, 1e-4);
        Assert.True(Math.Abs(varied - alike) > 1e-3);
    }

    [Fact]
    public void FixedWeightsGetNoGradientAndPicturesDo()
    {
        TrainingSettings settings = TinyTraining.Settings;
        var shape = DiscriminatorShape.Of(settings);
        using var discriminator = new Discriminator(shape, InitialWeights.Discriminator(shape, new StepDraws(2)));
        using var scope = new TensorScope();
        Tensor weight = discriminator.Weights["d.out.weight"].RequiresGrad_();
        Tensor pictures = Torch.Ones([4, 3, 16, 16]).RequiresGrad_();
        Tensor?[] gradients = Torch.Grad([discriminator.Judge(pictures, isFixed: true).Answers.Sum()], [weight, pictures], allowUnused: true);
        Assert.Null(gradients[0]);
        Assert.True(gradients[1]!.Abs().Max().Item() > 0);
    }
}
