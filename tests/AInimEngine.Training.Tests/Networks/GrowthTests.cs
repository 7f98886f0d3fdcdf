using AInimEngine.Core.Errors;
using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Training.Learning;
using AInimEngine.Training.Networks;
using AInimEngine.Training.Tests.Learning;

namespace AInimEngine.Training.Tests.Networks;

public sealed class GrowthTests : NativeTensorTest
{
    [Fact]
    public void AGrownSg2ShowsItsOldPicturesDoubled() =>
        Assert.InRange(Difference(ModelFactory.Random(TinyModels.Sg2, 3), 4), 0, 1e-4);

    [Fact]
    public void AGrownSmWithChannelsEnoughShowsItsOldPicturesDoubled() =>
        Assert.InRange(Difference(ModelFactory.Random(TinyModels.Sm, 3), 27), 0, 0.02);

    [Fact]
    public void AGrownSmWithFewChannelsShowsThemNearly()
    {
        double difference = Difference(ModelFactory.Random(TinyModels.Sm, 3), 3);
        Assert.InRange(difference, 0.02, 0.5);
    }

    [Fact]
    public void AGrownModelLearns()
    {
        TrainingSettings settings = TinyTraining.Settings with { Resolution = 32, Width = 128 };
        Model grown = Growth.Generator(ModelFactory.Random(TinyModels.Sm, 3), 4, 1);
        using AInimEngine.Training.Data.TrainingSet pictures = TinyTraining.Pictures(resolution: 32);
        using var trainer = Trainer.Create(settings, pictures, new TrainingStart(grown));
        for (int i = 0; i < 4; i++)
            Assert.True(double.IsFinite(trainer.Step().Generator));
        IReadOnlyDictionary<string, WeightArray> state = trainer.Save();
        foreach (string name in state.Keys.Where(name => name.StartsWith("generator/synthesis.b32", StringComparison.Ordinal)))
            Assert.False(state[name].ToSingles().SequenceEqual(grown[name["generator/".Length..]].ToSingles()), name);
    }

    [Fact]
    public void AGrownDiscriminatorAnswersAsTheOldOneDidToHalfTheSize()
    {
        var old = new DiscriminatorShape(16, 128, 16);
        DiscriminatorShape grown = old with { Resolution = 32 };
        Dictionary<string, WeightArray> arrays = InitialWeights.Discriminator(old, new StepDraws(2));
        using var before = new Discriminator(old, arrays);
        using var after = new Discriminator(grown, Growth.Discriminator(grown, arrays, 1));
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor pictures = Tensor.From(new StepDraws(3).Normal(DrawPurpose.FirstLatent, 0, 4 * 3 * 1024), 4, 3, 32, 32).Clamp(-1, 1);
        Tensor expected = before.Judge(pictures.AvgPool2d(2)).Answers, actual = after.Judge(pictures).Answers;
        double size = expected.Square().Mean().Sqrt().Item();
        Assert.InRange(expected.Sub(actual).Abs().Max().Item(), 0, 1e-3 * size);
    }

    [Fact]
    public void WhatCannotGrowSaysSo()
    {
        Assert.Throws<AInimException>(() => Growth.Generator(ModelFactory.Random(TinyModels.Sm, 3), 2, 1));
        Assert.Throws<AInimException>(() => Growth.Discriminator(new DiscriminatorShape(32, 64, 16), InitialWeights.Discriminator(new DiscriminatorShape(16, 64, 16), new StepDraws(1)), 1));
    }

    [Fact]
    public void AGrownDiscriminatorMayHaveAStyleHeadThatTheOldOneLacks()
    {
        var old = new DiscriminatorShape(16, 128, 16);
        DiscriminatorShape grown = old with { Resolution = 32, Styles = 3 };
        Dictionary<string, WeightArray> arrays = InitialWeights.Discriminator(old, new StepDraws(2));
        Assert.True(Growth.Fits(grown, arrays));
        Assert.Equal(grown.Arrays().Select(entry => entry.Name).Order(), Growth.Discriminator(grown, arrays, 1).Keys.Order());
        Assert.False(Growth.Fits(grown with { Width = 64 }, arrays));
        Assert.False(Growth.Fits(grown with { Classes = 2 }, arrays));
    }

    // Rms of the difference to the doubled picture relative to the picture's own spread, without its outermost pixels.
    private static double Difference(Model model, int channels)
    {
        using var before = StyleNetwork.Create(model);
        using var after = StyleNetwork.Create(Growth.Generator(model, channels, 1));
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor w = before.Map(before.SeedZ([.. Enumerable.Range(0, 16).Select(i => (ulong)i)]));
        Tensor expected = Inner(before.Synthesize(before.Broadcast(w)).UpsampleBilinear2d([32, 32]));
        Tensor actual = Inner(after.Synthesize(after.Broadcast(w)));
        Assert.Equal([16, 3, 26, 26], actual.Shape);
        return Math.Sqrt(expected.Sub(actual).Square().Mean().Item() / expected.Sub(expected.Mean()).Square().Mean().Item());
    }

    private static Tensor Inner(Tensor x) => x.Narrow(2, 3, 26).Narrow(3, 3, 26);
}
