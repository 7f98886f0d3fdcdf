using AInimEngine.Neural.Models;

namespace AInimEngine.Training;

/// <summary>What fine-tuning goes on from.</summary>
/// <param name="Generator">A model whose sizes are those of the settings; what learns and its running average begin as it.</param>
/// <param name="Discriminator">Arrays of a discriminator of the same sizes, by name; null for a new one.</param>
public sealed record TrainingStart(Model Generator, IReadOnlyDictionary<string, WeightArray>? Discriminator = null)
{
    private const string Prefix = "discriminator/";

    /// <summary>The discriminator's arrays in what <see cref="Learning.Trainer.Save"/> gave, under their own names.</summary>
    public static IReadOnlyDictionary<string, WeightArray> DiscriminatorOf(IReadOnlyDictionary<string, WeightArray> state) => state.Values
        .Where(array => array.Name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(array => array.Name[Prefix.Length..], array => array with { Name = array.Name[Prefix.Length..] }, StringComparer.Ordinal);
}
