using AInimEngine.Neural.Models;

namespace AInimEngine.Training;

/// <summary>What fine-tuning goes on from.</summary>
/// <param name="Generator">A model whose sizes are those of the settings; what learns and its running average begin as it.</param>
/// <param name="Discriminator">Arrays of a discriminator of the same sizes, by name; null for a new one.</param>
public sealed record TrainingStart(Model Generator, IReadOnlyDictionary<string, WeightArray>? Discriminator = null);
