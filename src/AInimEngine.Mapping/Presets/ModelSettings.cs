using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>How a preset wants a trained model to be played.</summary>
/// <param name="Name">Name of a model, or a path to its file.</param>
public sealed record ModelSettings(string Name)
{
    /// <summary>Kinds of noise, as presets write them.</summary>
    public static IReadOnlyList<string> NoiseWords { get; } = ["const", "none", "seeded", "driven"];

    /// <summary>The precision that is measured live and fp32 where frames must repeat.</summary>
    public const string AutoPrecision = "auto";

    /// <summary>Precisions, as presets write them: "auto" is fp32 where frames must repeat, and what is fastest live.</summary>
    public static IReadOnlyList<string> PrecisionWords { get; } = [AutoPrecision, "fp32", "bf16"];

    /// <summary>Where the name stands in the preset.</summary>
    public TextPosition NameAt { get; init; }

    /// <summary>Width in pixels that a 16:9 picture should at least have; null leaves it to the model.</summary>
    public int? Width { get; init; }

    /// <summary>How many latent layers truncation pulls; null for all.</summary>
    public int? Cutoff { get; init; }

    /// <summary>One of <see cref="NoiseWords"/>.</summary>
    public string Noise { get; init; } = NoiseWords[0];

    /// <summary>For seeded and driven noise.</summary>
    public int NoiseSeed { get; init; }

    /// <summary>One of <see cref="PrecisionWords"/>.</summary>
    public string Precision { get; init; } = PrecisionWords[0];

    /// <summary>Number or name of a class of a conditional model; null draws one for every point.</summary>
    public string? Class { get; init; }

    /// <summary>Where the class stands in the preset.</summary>
    public TextPosition ClassAt { get; init; }

    /// <summary>A file of favourites that places and anchors can name; null for the one that goes with the model.</summary>
    public string? Favourites { get; init; }

    /// <summary>Transforms inside the network, in order.</summary>
    public IReadOnlyList<BendSettings> Bends { get; init; } = [];
}
