using System.Globalization;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Data;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Tests.Learning;

/// <summary>
/// One step beside tests/oracles/train_step.py, which was written independently: losses and every gradient. The files in
/// data/step were made by the explicit test below and by
/// <c>python3 train_step.py grad NAME.case.safetensors NAME.answer.safetensors</c>.
/// </summary>
public sealed class OracleParityTests : NativeTensorTest
{
    private const string Squares = "discriminator.squares/";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "data", "step");

    public static TheoryData<string> Cases => ["logistic", "classes", "relativistic", "creative", "all"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossesAndGradientsOfAStepAreThoseOfTheReference(string name)
    {
        var answer = OracleFile.Read(Path.Combine(Folder, name + ".answer.safetensors"));
        TrainingSettings settings = SettingsOf(name);
        using ArrayTrainingSet pictures = TinyTraining.Pictures(classes: Labels(settings));
        using Trainer trainer = TrainerOf(name, settings, pictures);
        AssertCaseIsStillThis(name, settings, pictures, trainer);
        var found = new Dictionary<string, float[]>();
        trainer.GradientsFound = (names, gradients) =>
        {
            string prefix = names.Any(n => n.StartsWith("d.", StringComparison.Ordinal)) ? "grad." : "grad.g.";
            for (int i = 0; i < names.Count; i++)
                found[prefix + names[i]] = gradients[i].ToArray<float>();
        };
        StepLosses losses = trainer.Step();
        Near(answer["loss.d"][0], losses.Discriminator);
        Near(answer["loss.g"][0], losses.Generator);
        Near(answer["loss.r1"][0], losses.R1);
        if (settings.CreativeClasses > 0)
            Near(answer["loss.creative"][0], losses.Creative);
        string[] gradients = [.. answer.Arrays.Keys.Where(key => key.StartsWith("grad.", StringComparison.Ordinal))];
        Assert.Equal(gradients.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        foreach (string gradient in gradients)
        {
            // Against the largest of the array: what is left of a sum that cancels is rounding in either.
            double largest = answer[gradient].Max(Math.Abs), difference = answer[gradient].Zip(found[gradient], (a, b) => Math.Abs(a - b)).Max();
            Assert.True(difference <= 1e-4 * largest + 1e-7, $"{gradient}: {difference:G3} of {largest:G3}");
        }
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Cases))]
    public void WritesTheCasesForTheReference(string name)
    {
        TrainingSettings settings = SettingsOf(name);
        using ArrayTrainingSet pictures = TinyTraining.Pictures(classes: Labels(settings));
        using Trainer trainer = TrainerOf(name, settings, pictures);
        CaseOf(settings, pictures, trainer).Write(Path.Combine(Folder, name + ".case.safetensors"));
    }

    private static TrainingSettings SettingsOf(string name) => name switch
    {
        "logistic" => TinyTraining.Settings,
        "classes" => TinyTraining.Settings with { Classes = 3, Cutout = true },
        "relativistic" => TinyTraining.Settings with { CreativeClasses = 4, Loss = AdversarialLoss.Relativistic, R1Gamma = 3, Batch = 8 },
        // The ambiguity term has a weight in these: half-way up its ramp after 16 pictures of 40, and in full.
        "creative" => TinyTraining.Settings with { CreativeClasses = 4, Kimg = 0.04 },
        _ => TinyTraining.Settings with { Classes = 3, CreativeClasses = 3, Loss = AdversarialLoss.Relativistic, Cutout = true, Kimg = 0.05 },
    };

    private static int StepOf(string name) => name switch { "creative" => 4, "all" => 8, _ => 0 };

    // In the middle of a training: the first weights, which are the same on every machine, and squares as if they had learned.
    private static Trainer TrainerOf(string name, TrainingSettings settings, ArrayTrainingSet pictures)
    {
        var trainer = Trainer.Create(settings, pictures);
        if (StepOf(name) is > 0 and int step)
        {
            var state = new Dictionary<string, WeightArray>(trainer.Save(), StringComparer.Ordinal);
            foreach (string key in state.Keys.Where(key => key.StartsWith(Squares, StringComparison.Ordinal)).ToArray())
                state[key] = WeightArray.From(key, [.. Enumerable.Range(0, (int)state[key].Shape.Aggregate(1L, (a, b) => a * b)).Select(i => 1e-3f * Philox.Uniform(7, 0, (ulong)i))], state[key].Shape);
            state["step"] = new WeightArray("step", ScalarType.Int64, [], BitConverter.GetBytes((long)step));
            trainer.Restore(state);
        }
        return trainer;
    }

    private static int Labels(TrainingSettings settings) => Math.Max(settings.Classes, settings.CreativeClasses);

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected - 1e-4 * Math.Abs(expected), expected + 1e-4 * Math.Abs(expected));

    private static void AssertCaseIsStillThis(string name, TrainingSettings settings, ArrayTrainingSet pictures, Trainer trainer)
    {
        var stored = OracleFile.Read(Path.Combine(Folder, name + ".case.safetensors"));
        OracleFile now = CaseOf(settings, pictures, trainer);
        Assert.Equal(stored.Arrays.Keys.Order(StringComparer.Ordinal), now.Arrays.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored.Arrays, array => Assert.Equal(array.Value.Values, now[array.Key]));
    }

    // What the trainer's next step draws, and the weights that it begins with.
    private static OracleFile CaseOf(TrainingSettings settings, ArrayTrainingSet pictures, Trainer trainer)
    {
        long step = trainer.Steps;
        double weight = settings.CreativeClasses > 0 ? CreativeLoss.Weight(trainer.ImagesSeen, settings.Kimg) : 0;
        var file = new OracleFile
        {
            Metadata = new()
            {
                ["resolution"] = Text(settings.Resolution),
                ["classes"] = Text(settings.Classes),
                ["creative"] = Text(settings.CreativeClasses),
                ["mapping_layers"] = Text(settings.MappingLayers),
                ["mapping_multiplier"] = "0.1",
                ["loss"] = settings.Loss == AdversarialLoss.Relativistic ? "relativistic" : "logistic",
                ["r1_gamma"] = Text(settings.R1Gamma),
                ["r1_every"] = Text(settings.R1Every),
                ["step"] = Text(step),
                ["d_update"] = "1",
                ["d_rate"] = Text(settings.DiscriminatorRate),
                ["d_steps"] = Text(step),
                ["creative_weight"] = Text(weight),
            },
        };
        foreach (WeightArray array in trainer.Save().Values.Where(array => array.Name.StartsWith("generator/", StringComparison.Ordinal)))
            file.Add("g." + array.Name["generator/".Length..], array.ToSingles(), [.. array.Shape]);
        foreach (WeightArray array in trainer.Save().Values.Where(array => array.Name.StartsWith("discriminator/", StringComparison.Ordinal)))
            file.Add(array.Name["discriminator/".Length..], array.ToSingles(), [.. array.Shape]);
        if (step > 0)
        {
            foreach (WeightArray array in trainer.Save().Values.Where(array => array.Name.StartsWith(Squares, StringComparison.Ordinal)))
                file.Add("v." + array.Name[Squares.Length..], array.ToSingles(), [.. array.Shape]);
        }
        var draws = new StepDraws(settings.Seed);
        var real = new RealBatches(pictures, settings, draws);
        int batch = settings.Batch, layers = 2 * int.Log2(settings.Resolution) - 3;
        file.Add("z1", draws.Normal(DrawPurpose.FirstLatent, step, batch * settings.LatentSize), batch, settings.LatentSize);
        file.Add("z2", draws.Normal(DrawPurpose.SecondLatent, step, batch * settings.LatentSize), batch, settings.LatentSize);
        file.Add("crossover", Array.ConvertAll(draws.Crossovers(step, batch, layers, settings.StyleMixing), crossover => (float)crossover), batch);
        int[] indices = real.Indices(step);
        using (Tensor seen = real.Pictures(step, indices, Device.Cpu))
            file.Add("real", seen.ToArray<float>(), seen.Shape);
        if (settings.Classes > 0)
        {
            file.Add("class", OneHot(draws.Whole(DrawPurpose.FakeClass, step, batch, settings.Classes), settings.Classes), batch, settings.Classes);
            file.Add("class_real", OneHot(real.Labels(indices), settings.Classes), batch, settings.Classes);
        }
        if (settings.CreativeClasses > 0)
            file.Add("style", OneHot(real.Labels(indices), settings.CreativeClasses), batch, settings.CreativeClasses);
        foreach ((string key, DrawPurpose purpose) in new[] { ("real", DrawPurpose.AugmentReal), ("fake_d", DrawPurpose.AugmentFake), ("fake_g", DrawPurpose.AugmentGenerated) })
        {
            AugmentDraws drawn = AugmentDraws.Draw(draws, purpose, step, batch, settings.Resolution, settings.Cutout);
            file.Add($"aug.{key}.color", [.. Enumerable.Range(0, batch).SelectMany(i => new[] { drawn.Brightness[i], drawn.Saturation[i], drawn.Contrast[i] })], batch, 3);
            file.Add($"aug.{key}.shift", [.. Enumerable.Range(0, batch).SelectMany(i => new float[] { drawn.Right[i], drawn.Down[i] })], batch, 2);
            if (settings.Cutout)
                file.Add($"aug.{key}.cut", [.. Enumerable.Range(0, batch).SelectMany(i => new float[] { drawn.CutX[i], drawn.CutY[i] })], batch, 2);
        }
        return file;
    }

    private static float[] OneHot(int[] labels, int classes)
    {
        var values = new float[labels.Length * classes];
        for (int i = 0; i < labels.Length; i++)
            values[i * classes + labels[i]] = 1;
        return values;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
