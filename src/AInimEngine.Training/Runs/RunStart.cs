using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Networks;

namespace AInimEngine.Training.Runs;

/// <summary>What a run goes on from, of the run's own size. A copy lies in its folder, so that it can go on without the original.</summary>
/// <param name="Learning">For the trainer; its discriminator is still that of the model's old size before <see cref="For"/>.</param>
internal sealed record RunStart(TrainingStart Learning)
{
    /// <summary>The generator.</summary>
    public Model Model => Learning.Generator;

    /// <summary>Opens the model that a request names, grown if it says so; null if it names none.</summary>
    /// <exception cref="AInimException">It cannot be opened, or not trained on.</exception>
    public static RunStart? Load(TrainingRequest request)
    {
        if (request.From is not { } path)
            return null;
        Model model = ModelFile.Open(path);
        if (model.Card.Architecture == ModelArchitecture.FastGan)
            throw new AInimException(ExitCode.Input, $"'{path}' is a FastGAN model: it is played, not trained. Start from an SM or StyleGAN2 model.");
        int wanted = request.Grow ? model.Card.Resolution * 2 : model.Card.Resolution;
        if (request.Size is { } size && size != wanted)
            throw new AInimException(ExitCode.Usage, $"--size {size} does not go with --from '{path}', which is of {model.Card.Resolution} pixels{(request.Grow ? $" and grows to {wanted}" : "; --grow doubles that")}. Leave --size out.");
        IReadOnlyDictionary<string, WeightArray>? discriminator = Discriminator(path);
        if (request.Grow)
            model = Growth.Generator(model, Math.Clamp((request.Width ?? Width(model.Card)) / wanted, 1, model.Card.Channels.Max()), request.Seed);
        return new RunStart(new TrainingStart(model, discriminator));
    }

    /// <summary>What <see cref="Save"/> kept; null if the run went on from nothing.</summary>
    public static RunStart? Reload(RunFolder folder) =>
        File.Exists(folder.StartPath) ? new RunStart(new TrainingStart(ModelFile.Open(folder.StartPath))) : null;

    /// <summary>Keeps a copy in the run's folder. The discriminator is in its checkpoints.</summary>
    public void Save(RunFolder folder) => ModelFile.Save(Model, folder.StartPath, overwrite: true);

    /// <summary>With a discriminator of the settings' sizes: grown, as it is, or none where it does not fit.</summary>
    /// <param name="settings">Of the run.</param>
    /// <param name="isGrown">Whether the model grew.</param>
    public RunStart For(TrainingSettings settings, bool isGrown)
    {
        if (Learning.Discriminator is not { } arrays)
            return this;
        var shape = DiscriminatorShape.Of(settings);
        if (isGrown)
            return new RunStart(Learning with { Discriminator = Growth.Fits(shape, arrays) ? Growth.Discriminator(shape, arrays, settings.Seed) : null });
        bool fits = shape.Arrays().All(entry => arrays.TryGetValue(entry.Item1, out WeightArray? array) && array.Shape.SequenceEqual(entry.Item2));
        return fits ? this : new RunStart(Learning with { Discriminator = null });
    }

    /// <summary>The width that a model was trained with, or one that gives its channels.</summary>
    public static int Width(ModelCard card) =>
        card.Training is { } training && training.Settings.TryGetValue(nameof(TrainingSettings.Width), out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            ? width
            : card.Channels[^1] * card.Resolution;

    // A model that was trained here has its discriminator in the run beside it.
    private static IReadOnlyDictionary<string, WeightArray>? Discriminator(string path)
    {
        string checkpoint = RunFolder.CheckpointOf(path);
        if (!File.Exists(checkpoint))
            return null;
        try
        {
            return TrainingStart.DiscriminatorOf(ArrayBundle.Read(checkpoint).Arrays);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Without it, a new one learns.
            return null;
        }
    }
}
