using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Runs;

/// <summary>What a run goes on from, of the run's own size. A copy lies in its folder, so that it can go on without the original.</summary>
/// <param name="Learning">For the trainer.</param>
internal sealed record RunStart(TrainingStart Learning)
{
    private const string DiscriminatorPrefix = "discriminator/";

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
        return new RunStart(new TrainingStart(model, Discriminator(path)));
    }

    /// <summary>What <see cref="Save"/> kept; null if the run went on from nothing.</summary>
    public static RunStart? Reload(RunFolder folder) =>
        File.Exists(folder.StartPath) ? new RunStart(new TrainingStart(ModelFile.Open(folder.StartPath))) : null;

    /// <summary>Keeps a copy in the run's folder. The discriminator is in its checkpoints.</summary>
    public void Save(RunFolder folder) => ModelFile.Save(Model, folder.StartPath, overwrite: true);

    // A model that was trained here has its discriminator in the run beside it.
    private static Dictionary<string, WeightArray>? Discriminator(string path)
    {
        string checkpoint = RunFolder.CheckpointOf(path);
        if (!File.Exists(checkpoint))
            return null;
        try
        {
            return ArrayBundle.Read(checkpoint).Arrays
                .Where(entry => entry.Key.StartsWith(DiscriminatorPrefix, StringComparison.Ordinal))
                .Select(entry => entry.Value with { Name = entry.Key[DiscriminatorPrefix.Length..] })
                .ToDictionary(array => array.Name, StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Without it, a new one learns.
            return null;
        }
    }
}
