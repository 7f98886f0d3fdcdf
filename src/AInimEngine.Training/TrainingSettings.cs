using System.Globalization;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training;

/// <summary>
/// Everything that decides what a training run computes, apart from its pictures: kept in checkpoints, so that a resumed
/// run is the same run. Few of these are dials; <see cref="TrainingRecipe"/> derives the others.
/// </summary>
public sealed record TrainingSettings
{
    /// <summary>Which generator learns: SM or SG2.</summary>
    public ModelArchitecture Architecture { get; init; } = ModelArchitecture.Sm;

    /// <summary>Width and height of the pictures, a power of two, 16 to 1024.</summary>
    public int Resolution { get; init; } = 64;

    /// <summary>Channels at resolution r are Width / r, at most <see cref="MostChannels"/>; generator and discriminator alike.</summary>
    public int Width { get; init; } = 2048;

    /// <summary>Most channels of a layer.</summary>
    public int MostChannels { get; init; } = 128;

    /// <summary>Length of z and of w.</summary>
    public int LatentSize { get; init; } = 128;

    /// <summary>Layers of the mapping network.</summary>
    public int MappingLayers { get; init; } = 2;

    /// <summary>Number of classes that condition generator and discriminator; 0 for none.</summary>
    public int Classes { get; init; }

    /// <summary>Number of style classes of the creative adversarial loss (Elgammal et al. 2017); 0 for none.</summary>
    public int CreativeClasses { get; init; }

    /// <summary>Pictures in a batch.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>How many thousand pictures the discriminator will have seen at the end; what ramps are measured against.</summary>
    public double Kimg { get; init; } = 140;

    /// <summary>Adam's learning rate of the generator, at the beginning.</summary>
    public double GeneratorRate { get; init; } = 0.001;

    /// <summary>The generator's rate from <see cref="GeneratorFallEnd"/> on; null keeps it as it begins.</summary>
    public double? GeneratorRateEnd { get; init; }

    /// <summary>Thousands of pictures seen at which the generator's rate begins to fall, by equal ratios.</summary>
    public double GeneratorFallBegin { get; init; }

    /// <summary>Thousands of pictures seen at which it has fallen.</summary>
    public double GeneratorFallEnd { get; init; }

    /// <summary>Adam's learning rate of the discriminator, before the correction for lazy regularisation.</summary>
    public double DiscriminatorRate { get; init; } = 0.0025;

    /// <summary>Which adversarial loss.</summary>
    public AdversarialLoss Loss { get; init; } = AdversarialLoss.Logistic;

    /// <summary>Weight gamma of the gradient penalty on real pictures (R1), and on generated ones too where the loss asks for it.</summary>
    public double R1Gamma { get; init; } = 1;

    /// <summary>Steps from one gradient penalty to the next (lazy regularisation, Karras et al. 2020).</summary>
    public int R1Every { get; init; } = 16;

    /// <summary>Weight of path length regularisation (SG2); 0 for none.</summary>
    public double PathLengthWeight { get; init; }

    /// <summary>Share of samples whose later layers take another w.</summary>
    public double StyleMixing { get; init; } = 0.5;

    /// <summary>Half-life of the generator's running average, thousands of pictures.</summary>
    public double AverageKimg { get; init; } = 5;

    /// <summary>Share of the pictures seen so far that the half-life may be at most; 0 for no ramp (fine-tuning).</summary>
    public double AverageRamp { get; init; } = 0.05;

    /// <summary>DiffAugment (Zhao et al. 2020): colour and translation always; cutout too for small sets.</summary>
    public bool Cutout { get; init; }

    /// <summary>Whether pictures may be mirrored.</summary>
    public bool Mirror { get; init; } = true;

    /// <summary>How many of the discriminator's blocks, from the picture on, keep their weights (fine-tuning).</summary>
    public int FrozenBlocks { get; init; }

    /// <summary>Whether convolutions run in bfloat16, with weights, statistics and updates in single precision.</summary>
    public bool Bf16 { get; init; }

    /// <summary>Every random choice is a pure function of this, the step and what it is for.</summary>
    public ulong Seed { get; init; }

    /// <summary>All of them by name, as text: for people and for a model's card.</summary>
    public IReadOnlyList<(string Name, string Value)> Describe() => [.. typeof(TrainingSettings).GetProperties()
        .Select(property => (property.Name, Convert.ToString(property.GetValue(this), CultureInfo.InvariantCulture) ?? ""))];
}
