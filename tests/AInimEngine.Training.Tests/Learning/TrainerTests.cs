using AInimEngine.Core.Errors;
using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Training.Data;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Tests.Learning;

public sealed class TrainerTests : NativeTensorTest
{
    public static TheoryData<string> Kinds => ["sm", "bf16", "classes", "relativistic", "sg2", "sg2 bf16"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ARestoredTrainerGoesOnBitForBit(string kind)
    {
        TrainingSettings settings = SettingsOf(kind);
        using TrainingSet pictures = TinyTraining.Pictures(classes: Math.Max(settings.Classes, settings.CreativeClasses));
        using var unbroken = Trainer.Create(settings, pictures);
        for (int i = 0; i < 3; i++)
            unbroken.Step();
        IReadOnlyDictionary<string, WeightArray> state = unbroken.Save();
        using var restored = Trainer.Create(settings, pictures);
        restored.Restore(state);
        for (int i = 0; i < 3; i++)
            Assert.Equal(unbroken.Step(), restored.Step());
        Assert.Equal(6, restored.Steps);
        AssertSame(unbroken.Save(), restored.Save());
    }

    [Fact]
    public void ATrainerOfOtherSizesRefusesTheState()
    {
        using TrainingSet pictures = TinyTraining.Pictures();
        using var one = Trainer.Create(TinyTraining.Settings, pictures);
        using var other = Trainer.Create(TinyTraining.Settings with { Width = 128 }, pictures);
        var error = Assert.Throws<AInimException>(() => other.Restore(one.Save()));
        Assert.Contains("Resume with the settings", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoNativeTensorIsLeftOfAStep(string kind)
    {
        TrainingSettings settings = SettingsOf(kind);
        using TrainingSet pictures = TinyTraining.Pictures(classes: Math.Max(settings.Classes, settings.CreativeClasses));
        using var trainer = Trainer.Create(settings, pictures);
        trainer.Step();
        long before = Tensor.LiveCount;
        for (int i = 0; i < (kind == "sm" ? 200 : 8); i++)
            trainer.Step();
        trainer.Average(32);
        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void TheAverageIsAModelThatPlaysWithStatisticsOfItsOwn()
    {
        using TrainingSet pictures = TinyTraining.Pictures();
        using var trainer = Trainer.Create(TinyTraining.Settings, pictures);
        for (int i = 0; i < 20; i++)
            trainer.Step();
        Model model = trainer.Average(512);
        using StyleNetwork network = StyleNetwork.Create(model);
        using var batchwise = (SmNetwork)StyleNetwork.Create(model, new NetworkOptions { BatchStatistics = true });
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor ws = network.Broadcast(network.Map(network.SeedZ([.. Enumerable.Range(0, 256).Select(i => (ulong)i)])));
        double spread = network.Synthesize(ws).Sub(network.Synthesize(ws).Mean([0], true)).Square().Mean().Sqrt().Item();
        double difference = network.Synthesize(ws).Sub(batchwise.Synthesize(ws)).Square().Mean().Sqrt().Item();
        // 512 samples have their mean and variance to a few percent, and a batch of 256 its own.
        Assert.InRange(difference, 0, 0.2 * spread);
    }

    [Fact]
    public void StatisticsMeasuredOnOneBatchShowItAsTrainingDoes()
    {
        Model model = ModelFactory.Random(Networks.TinyModels.Sm, 3);
        using var batchwise = (SmNetwork)StyleNetwork.Create(model, new NetworkOptions { BatchStatistics = true });
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor ws = batchwise.Broadcast(batchwise.Map(batchwise.SeedZ(1, 2, 3, 4, 5, 6)));
        SmStatistics.Measure(batchwise, [ws.Clone()]);
        using var stored = StyleNetwork.Create(new Model(model.Card, batchwise.Weights.Names.Select(
            name => WeightArray.From(name, batchwise.Weights[name].ToArray<float>(), batchwise.Weights[name].Shape))));
        Tensor difference = stored.Synthesize(ws).Sub(batchwise.Synthesize(ws)).Abs().Max();
        Assert.InRange(difference.Item(), 0, 2e-5);
    }

    [Fact]
    public void FrozenBlocksKeepTheirWeightsAndTheOthersLearn()
    {
        using TrainingSet pictures = TinyTraining.Pictures();
        using var trainer = Trainer.Create(TinyTraining.Settings with { FrozenBlocks = 1 }, pictures);
        IReadOnlyDictionary<string, WeightArray> before = trainer.Save();
        trainer.Step();
        IReadOnlyDictionary<string, WeightArray> after = trainer.Save();
        foreach (string name in before.Keys.Where(name => name.StartsWith("discriminator/", StringComparison.Ordinal)))
        {
            bool isFrozen = name.Contains("d.rgb", StringComparison.Ordinal) || name.Contains("d.b16", StringComparison.Ordinal);
            Assert.Equal(isFrozen, before[name].ToSingles().SequenceEqual(after[name].ToSingles()));
        }
    }

    [Fact]
    public void FineTuningBeginsWithTheModel()
    {
        using TrainingSet pictures = TinyTraining.Pictures();
        Model model = ModelFactory.Random(Networks.TinyModels.Sm, 9);
        using var trainer = Trainer.Create(TinyTraining.Settings, pictures, new TrainingStart(model));
        IReadOnlyDictionary<string, WeightArray> state = trainer.Save();
        foreach (string name in state.Keys.Where(name => name.StartsWith("generator/", StringComparison.Ordinal)))
        {
            string own = name["generator/".Length..];
            Assert.Equal(model[own].ToSingles(), state[name].ToSingles());
            Assert.Equal(model[own].ToSingles(), state["average/" + own].ToSingles());
        }
    }

    [Fact]
    public void ADiscriminatorLearnsToTellNoiseFromPictures()
    {
        // A generator that hardly moves: the discriminator must win.
        using TrainingSet pictures = TinyTraining.Pictures();
        using var trainer = Trainer.Create(TinyTraining.Settings with { GeneratorRate = 1e-9, R1Gamma = 0.01 }, pictures);
        double first = trainer.Step().Discriminator, last = 0;
        for (int i = 0; i < 60; i++)
            last = trainer.Step().Discriminator;
        Assert.InRange(first, 0.5, 5);
        Assert.InRange(last, 0, 0.7 * first);
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedInWords()
    {
        using TrainingSet pictures = TinyTraining.Pictures();
        Assert.Contains("pixels and the training of 32", Refusal(TinyTraining.Settings with { Resolution = 32 }), StringComparison.Ordinal);
        Assert.Contains("sub-folders", Refusal(TinyTraining.Settings with { Classes = 2 }), StringComparison.Ordinal);
        Assert.Contains("power of two", Refusal(TinyTraining.Settings with { Resolution = 48 }), StringComparison.Ordinal);

        string Refusal(TrainingSettings settings) => Assert.Throws<AInimException>(() => Trainer.Create(settings, pictures)).Message;
    }

    private static TrainingSettings SettingsOf(string kind) => kind switch
    {
        "bf16" => TinyTraining.Settings with { Bf16 = true, Cutout = true },
        "classes" => TinyTraining.Settings with { Classes = 3 },
        "relativistic" => TinyTraining.Settings with { Loss = AdversarialLoss.Relativistic, CreativeClasses = 2, Kimg = 0.01 },
        "sg2" => TinyTraining.Sg2,
        "sg2 bf16" => TinyTraining.Sg2 with { Bf16 = true },
        _ => TinyTraining.Settings,
    };

    private static void AssertSame(IReadOnlyDictionary<string, WeightArray> expected, IReadOnlyDictionary<string, WeightArray> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (string name in expected.Keys)
            Assert.True(expected[name].Data.Span.SequenceEqual(actual[name].Data.Span), name);
    }
}
