using AInimEngine.Training.Data;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Tests.Learning;

public sealed class StepDrawsTests
{
    private static readonly StepDraws s_draws = new(7);

    [Fact]
    public void ADrawIsAFunctionOfSeedPurposeAndStep()
    {
        Assert.Equal(s_draws.Normal(DrawPurpose.FirstLatent, 3, 64), new StepDraws(7).Normal(DrawPurpose.FirstLatent, 3, 64));
        Assert.NotEqual(s_draws.Normal(DrawPurpose.FirstLatent, 3, 64), s_draws.Normal(DrawPurpose.FirstLatent, 4, 64));
        Assert.NotEqual(s_draws.Normal(DrawPurpose.FirstLatent, 3, 64), s_draws.Normal(DrawPurpose.SecondLatent, 3, 64));
        Assert.NotEqual(s_draws.Normal(DrawPurpose.FirstLatent, 3, 64), new StepDraws(8).Normal(DrawPurpose.FirstLatent, 3, 64));
    }

    [Fact]
    public void AShareOfSamplesIsMixedFromAnyLayerOn()
    {
        int[] crossovers = s_draws.Crossovers(0, 4000, 9, 0.5);
        Assert.InRange(crossovers.Count(crossover => crossover < 9), 1880, 2120);
        for (int layer = 1; layer < 9; layer++)
            Assert.InRange(crossovers.Count(crossover => crossover == layer), 190, 310);
        Assert.All(s_draws.Crossovers(0, 100, 9, 0), crossover => Assert.Equal(9, crossover));
    }

    [Fact]
    public void AugmentationReachesWhatItMayAndNoMore()
    {
        AugmentDraws draws = AugmentDraws.Draw(s_draws, DrawPurpose.AugmentReal, 0, 2000, 64, isCut: true);
        Assert.Equal((-8, 8), (draws.Right.Min(), draws.Right.Max()));
        Assert.Equal((-8, 8), (draws.Down.Min(), draws.Down.Max()));
        Assert.Equal((0, 63), (draws.CutX.Min(), draws.CutX.Max()));
        Assert.InRange(draws.Contrast.Average(), 0.48, 0.52);
        Assert.Empty(AugmentDraws.Draw(s_draws, DrawPurpose.AugmentReal, 0, 4, 64, isCut: false).CutX);
    }

    [Fact]
    public void EveryEpochSeesEveryPictureOnceInAnOrderOfItsOwn()
    {
        using TrainingSet pictures = TinyTraining.Pictures(12);
        var real = new RealBatches(pictures, TinyTraining.Settings, s_draws);
        int[][] epochs = [.. Enumerable.Range(0, 4).Select(epoch => Enumerable.Range(3 * epoch, 3).SelectMany(step => real.Indices(step)).ToArray())];
        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 12), epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        // A later step does not depend on those before it.
        Assert.Equal(real.Indices(8), new RealBatches(pictures, TinyTraining.Settings, s_draws).Indices(8));
    }

    [Fact]
    public void ClassesAreSeenEquallyOftenHoweverManyPicturesTheyHave()
    {
        int[] labels = [0, 1, 1, 1, 1, 1, 1, 2, 2];
        using var pictures = new ArrayTrainingSet(new byte[labels.Length * 3 * 256], 16, labels, ["a", "b", "c"]);
        var real = new RealBatches(pictures, TinyTraining.Settings with { Classes = 3 }, s_draws);
        int[] seen = [.. Enumerable.Range(0, 9).SelectMany(step => real.Labels(real.Indices(step)))];
        for (int label = 0; label < 3; label++)
            Assert.Equal(12, seen.Count(one => one == label));
        int[] indices = [.. Enumerable.Range(0, 9).SelectMany(step => real.Indices(step))];
        for (int index = 1; index <= 6; index++)
            Assert.Equal(2, indices.Count(one => one == index));
    }

    [Fact]
    public void ClassesAreSpreadOverTheBatch()
    {
        int[] labels = [.. Enumerable.Range(0, 64).Select(i => i % 2)];
        using var pictures = new ArrayTrainingSet(new byte[labels.Length * 3 * 256], 16, labels, ["a", "b"]);
        TrainingSettings settings = TinyTraining.Settings with { Classes = 2, Batch = 16 };
        var real = new RealBatches(pictures, settings, s_draws);
        // Where the discriminator takes standard deviations over every fourth picture, a class alone would have another one.
        int alike = Enumerable.Range(0, 50).Sum(step => Enumerable.Range(0, 4).Count(group => real.Labels(real.Indices(step)).Where((_, i) => i % 4 == group).Distinct().Count() == 1));
        Assert.InRange(alike, 1, 50);
    }
}
