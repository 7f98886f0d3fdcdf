using AInimEngine.Core.Errors;
using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Training.Data;
using AInimEngine.Training.Networks;

namespace AInimEngine.Training.Learning;

/// <summary>
/// Training, step by step: a generator and its running average, a discriminator, and what their optimisers remember. A
/// step is a pure function of these, the settings and its number, so a trainer that was restored goes on as if it had
/// never stopped, bit for bit on the same machine and number of threads. One thread at a time; no step blocks on anything.
/// </summary>
public sealed class Trainer : IDisposable
{
    private const double Beta2 = 0.99;

    private readonly TrainingSettings _settings;
    private readonly RealBatches _real;
    private readonly StepDraws _draws;
    private readonly Device _device;
    private readonly TrainableGenerator _generator;
    private readonly Discriminator _discriminator;
    private readonly Adam _generatorAdam, _discriminatorAdam;
    private readonly RunningAverage _average;
    private readonly Tensor _pathLength;
    private readonly Model _start;

    private Trainer(TrainingSettings settings, TrainingSet pictures, TrainingStart? start, Device device, bool isFused)
    {
        TrainerCheck.Check(settings, pictures, start);
        (_settings, _device) = (settings, device);
        _draws = new StepDraws(settings.Seed);
        _real = new RealBatches(pictures, settings, _draws);
        _start = start?.Generator ?? ModelFactory.Random(InitialWeights.Card(settings, pictures.ClassNames), settings.Seed);
        _generator = new TrainableGenerator(_start, settings.Bf16, device, isFused && settings.PathLengthWeight == 0);
        var shape = DiscriminatorShape.Of(settings);
        _discriminator = new Discriminator(shape, start?.Discriminator ?? InitialWeights.Discriminator(shape, _draws), settings.Bf16, device, isFused);
        var learning = _discriminator.Weights.Where(array => !shape.IsFrozen(array.Key, settings.FrozenBlocks)).ToList();
        foreach ((_, Tensor array) in learning)
            array.RequiresGrad = true;
        double lazy = settings.R1Every / (settings.R1Every + 1.0);
        _generatorAdam = new Adam(_generator.Learning, settings.GeneratorRate, Beta2);
        _discriminatorAdam = new Adam(learning, settings.DiscriminatorRate * lazy, Math.Pow(Beta2, lazy));
        _average = new RunningAverage(_generatorAdam.Names, _generatorAdam.Arrays);
        _pathLength = Torch.Zeros([], device: device).DetachFromScope();
    }

    /// <summary>Begins a training.</summary>
    /// <param name="settings">What is computed.</param>
    /// <param name="pictures">What is learned from; must outlive the trainer.</param>
    /// <param name="start">What to go on from; null begins from random weights.</param>
    /// <param name="device">Where; the CPU if null.</param>
    /// <param name="isFused">Whether ops of our own are taken where they run, several times as fast; else libtorch's alone.</param>
    /// <exception cref="AInimException">Settings, pictures and start do not fit together.</exception>
    public static Trainer Create(
        TrainingSettings settings, TrainingSet pictures, TrainingStart? start = null, Device? device = null, bool isFused = true) =>
        new(settings, pictures, start, device ?? Device.Cpu, isFused);

    /// <summary>Steps made.</summary>
    public long Steps { get; private set; }

    /// <summary>Real pictures that the discriminator has seen, repeats counted.</summary>
    public long ImagesSeen => Steps * _settings.Batch;

    /// <summary>Sees the gradients of a phase, and the names of their arrays, before they are used: for tests.</summary>
    internal Action<IReadOnlyList<string>, Tensor[]>? GradientsFound { get; set; }

    /// <summary>One step: discriminator, then generator, then the running average.</summary>
    public StepLosses Step()
    {
        using var scope = new TensorScope();
        int[] indices = _real.Indices(Steps);
        int[] labels = _settings.Classes + _settings.CreativeClasses > 0 ? _real.Labels(indices) : [];
        Tensor real = _real.Pictures(Steps, indices, _device);
        Tensor? realClasses = _settings.Classes > 0 ? _generator.OneHot(labels) : null;
        Tensor? fakeClasses = _settings.Classes > 0 ? _generator.OneHot(_draws.Whole(DrawPurpose.FakeClass, Steps, _settings.Batch, _settings.Classes)) : null;
        Tensor fake = Generate(fakeClasses);
        _generatorAdam.Rate = TrainingRecipe.GeneratorRate(_settings, ImagesSeen);
        StepLosses losses = LearnToTell(new Pictures(real, realClasses, labels), new Pictures(fake.Detach(), fakeClasses, []));
        double generator = LearnToMake(fake, fakeClasses, real, realClasses);
        if (_settings.PathLengthWeight > 0 && Steps % PathLength.Every == 0)
            generator += LearnPathLength();
        _average.Update(_generatorAdam.Arrays, RunningAverage.Kept(_settings, ImagesSeen));
        Steps++;
        return losses with { Generator = generator };
    }

    /// <summary>The running average as a model that plays, with statistics and mean of w measured on it.</summary>
    /// <param name="samples">Over how many samples statistics are measured.</param>
    public Model Average(int samples = AverageModel.Samples)
    {
        var arrays = new Dictionary<string, WeightArray>(StringComparer.Ordinal);
        _average.Save("", arrays);
        return AverageModel.Make(_start, arrays, _draws, samples);
    }

    /// <summary>Everything that the next step depends on, by name, apart from the settings and the pictures.</summary>
    public IReadOnlyDictionary<string, WeightArray> Save()
    {
        var arrays = new Dictionary<string, WeightArray>(StringComparer.Ordinal);
        StateArrays.Save("generator/", _generatorAdam.Names, _generatorAdam.Arrays, arrays);
        StateArrays.Save("discriminator/", [.. _discriminator.Weights.Keys], [.. _discriminator.Weights.Values], arrays);
        _generatorAdam.Save("generator.squares/", arrays);
        _discriminatorAdam.Save("discriminator.squares/", arrays);
        _average.Save("average/", arrays);
        StateArrays.Save("", ["path_length"], [_pathLength], arrays);
        arrays["step"] = new WeightArray("step", ScalarType.Int64, [], BitConverter.GetBytes(Steps));
        return arrays;
    }

    /// <summary>Takes over what <see cref="Save"/> gave, of a trainer with the same settings.</summary>
    /// <exception cref="AInimException">It is of other settings.</exception>
    public void Restore(IReadOnlyDictionary<string, WeightArray> state)
    {
        StateArrays.Restore("generator/", _generatorAdam.Names, _generatorAdam.Arrays, state);
        StateArrays.Restore("discriminator/", [.. _discriminator.Weights.Keys], [.. _discriminator.Weights.Values], state);
        _generatorAdam.Restore("generator.squares/", state);
        _discriminatorAdam.Restore("discriminator.squares/", state);
        _average.Restore("average/", state);
        StateArrays.Restore("", ["path_length"], [_pathLength], state);
        Steps = state.TryGetValue("step", out WeightArray? step) && step.Data.Length == sizeof(long)
            ? BitConverter.ToInt64(step.Data.Span)
            : throw new AInimException(ExitCode.Input, "the checkpoint does not say its step. It is not one of a training; start anew.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _average.Dispose();
        _generatorAdam.Dispose();
        _discriminatorAdam.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
        _pathLength.Dispose();
    }

    private Tensor Generate(Tensor? classes)
    {
        using var scope = new TensorScope();
        Tensor first = Latent(DrawPurpose.FirstLatent, _settings.Batch), second = Latent(DrawPurpose.SecondLatent, _settings.Batch);
        int[] crossovers = _draws.Crossovers(Steps, _settings.Batch, _generator.Shape.Layers, _settings.StyleMixing);
        return scope.Keep(_generator.Synthesize(_generator.Map(first, second, crossovers, classes)));
    }

    // The discriminator's turn. Every R1Every-th step its slope on real pictures is punished, so much more.
    private StepLosses LearnToTell(Pictures real, Pictures fake)
    {
        using var scope = new TensorScope();
        bool isPunished = Steps % _settings.R1Every == 0;
        bool isBoth = isPunished && _settings.Loss == AdversarialLoss.Relativistic;
        Tensor seen = isPunished ? real.Images.Detach().RequiresGrad_() : real.Images;
        Tensor made = isBoth ? fake.Images.Detach().RequiresGrad_() : fake.Images;
        Judgement onReal = _discriminator.Judge(Augment(seen, DrawPurpose.AugmentReal), real.Classes);
        Judgement onFake = _discriminator.Judge(Augment(made, DrawPurpose.AugmentFake), fake.Classes);
        Tensor adversarial = AdversarialGame.Discriminator(_settings.Loss, onReal.Answers, onFake.Answers);
        Tensor loss = adversarial;
        double r1 = double.NaN, creative = double.NaN;
        if (isPunished)
        {
            Tensor penalty = AdversarialGame.Penalty(onReal.Answers, seen);
            r1 = penalty.Item();
            if (isBoth)
                penalty = penalty.Add(AdversarialGame.Penalty(onFake.Answers, made));
            loss = loss.Add(penalty.Mul(_settings.R1Every * _settings.R1Gamma / 2));
        }
        if (onReal.Styles is { } styles)
        {
            Tensor recognition = CreativeLoss.Recognition(styles, real.Labels);
            creative = recognition.Item();
            loss = loss.Add(recognition);
        }
        Learn(_discriminatorAdam, loss);
        // Pairs leave the answers' zero open: there, real is what is answered more than generated.
        Tensor sure = _settings.Loss == AdversarialLoss.Relativistic ? onReal.Answers.Sub(onFake.Answers) : onReal.Answers;
        return new StepLosses(Steps, double.NaN, adversarial.Item(), r1, sure.Sign().Mean().Item(), creative);
    }

    // The generator's turn: the pictures that the discriminator just learned from, before its new eyes.
    private double LearnToMake(Tensor fake, Tensor? fakeClasses, Tensor real, Tensor? realClasses)
    {
        using var scope = new TensorScope();
        Judgement onFake = _discriminator.Judge(Augment(fake, DrawPurpose.AugmentGenerated), fakeClasses, isFixed: true);
        Tensor? onReal = null;
        if (_settings.Loss == AdversarialLoss.Relativistic)
        {
            using GradMode noGrad = Torch.NoGrad();
            onReal = _discriminator.Judge(Augment(real, DrawPurpose.AugmentReal), realClasses).Answers;
        }
        Tensor loss = AdversarialGame.Generator(_settings.Loss, onReal, onFake.Answers);
        if (onFake.Styles is { } styles && CreativeLoss.Weight(ImagesSeen, _settings.Kimg) is > 0 and double weight)
            loss = loss.Add(CreativeLoss.Ambiguity(styles).Mul(weight));
        Learn(_generatorAdam, loss);
        return loss.Item();
    }

    private double LearnPathLength()
    {
        using var scope = new TensorScope();
        int count = Math.Max(1, _settings.Batch / 2);
        Tensor z = Latent(DrawPurpose.PathLatent, count);
        Tensor? classes = _settings.Classes > 0 ? _generator.OneHot(_draws.Whole(DrawPurpose.FakeClass, Steps, count, _settings.Classes)) : null;
        var unmixed = new int[count];
        Array.Fill(unmixed, _generator.Shape.Layers);
        Tensor ws = _generator.Map(z, z, unmixed, classes);
        Tensor pictures = _generator.SynthesizeExactly(ws);
        Tensor directions = Tensor.From(_draws.Normal(DrawPurpose.PathDirection, Steps, (int)pictures.Numel), pictures.Shape).To(_device, ScalarType.Float32);
        Tensor penalty = PathLength.Penalty(pictures, ws, directions, _pathLength).Mul(_settings.PathLengthWeight * PathLength.Every);
        Learn(_generatorAdam, penalty);
        return penalty.Item();
    }

    private void Learn(Adam adam, Tensor loss)
    {
        Tensor?[] gradients = Torch.Grad([loss], adam.Arrays, allowUnused: true);
        var all = new Tensor[gradients.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = gradients[i] ?? Torch.Zeros(adam.Arrays[i].Shape, device: _device);
        GradientsFound?.Invoke(adam.Names, all);
        adam.Step(all, Steps);
    }

    private Tensor Augment(Tensor pictures, DrawPurpose purpose) => DiffAugment.Apply(
        pictures, AugmentDraws.Draw(_draws, purpose, Steps, _settings.Batch, _settings.Resolution, _settings.Cutout));

    private Tensor Latent(DrawPurpose purpose, int count)
    {
        using var scope = new TensorScope();
        return scope.Keep(Tensor.From(_draws.Normal(purpose, Steps, count * _settings.LatentSize), count, _settings.LatentSize).To(_device, ScalarType.Float32));
    }

    private readonly record struct Pictures(Tensor Images, Tensor? Classes, int[] Labels);
}
