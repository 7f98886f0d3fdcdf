namespace AInimEngine.Neural.Models;

/// <summary>
/// What a model is, beside its arrays: the shape that its network is built from, and where it came from. Kept as JSON in
/// the metadata of the safetensors file and beside it.
/// </summary>
public sealed record ModelCard
{
    /// <summary>Key of the card in the metadata of our safetensors files.</summary>
    public const string MetadataKey = "ainim";

    /// <summary>Name for people and for looking it up: the file's name without extension.</summary>
    public required string Name { get; init; }

    /// <summary>Which network.</summary>
    public required ModelArchitecture Architecture { get; init; }

    /// <summary>Width and height of its square picture in pixels, a power of two, 16 to 1024.</summary>
    public required int Resolution { get; init; }

    /// <summary>Length of z.</summary>
    public required int ZDim { get; init; }

    /// <summary>Length of w; <see cref="ZDim"/> for networks without a mapping network.</summary>
    public required int WDim { get; init; }

    /// <summary>Number of classes; 0 for unconditional models.</summary>
    public int Classes { get; init; }

    /// <summary>Layers of the mapping network.</summary>
    public int MappingLayers { get; init; }

    /// <summary>Learning-rate multiplier of the mapping network's layers, which scales their stored weights.</summary>
    public double MappingMultiplier { get; init; } = 0.01;

    /// <summary>SG2: "skip", "resnet" or "orig".</summary>
    public string Synthesis { get; init; } = "skip";

    /// <summary>Channels at each resolution from 4 up: [c4, c8, c16, ...].</summary>
    public required IReadOnlyList<int> Channels { get; init; }

    /// <summary>SG2: bound on activations, times the layer's gain; null for none.</summary>
    public double? ConvClamp { get; init; }

    /// <summary>What only one architecture knows, e.g. "upsample" = "bilinear" of SM.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of the classes, in order; empty if unknown.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Name of the file that it was imported from; null for our own.</summary>
    public string? Source { get; init; }

    /// <summary>SHA-256 of that file, hexadecimal.</summary>
    public string? SourceHash { get; init; }

    /// <summary>What is known of the licence, for people.</summary>
    public string? Licence { get; init; }

    /// <summary>How it was trained; null for imports and for models that nobody trained.</summary>
    public ModelTraining? Training { get; init; }

    /// <summary>
    /// Per latent layer: root-mean-square change of the picture (0..1) per unit step, as <see cref="Core.Imaging.LatentLayout"/>
    /// wants it; empty if it was never measured.
    /// </summary>
    public IReadOnlyList<float> ImageChangePerUnit { get; init; } = [];
}
