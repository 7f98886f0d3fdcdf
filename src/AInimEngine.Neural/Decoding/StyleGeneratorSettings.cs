using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Decoding;

/// <summary>How a <see cref="StyleGenerator"/> plays a model.</summary>
public sealed record StyleGeneratorSettings
{
    /// <summary>Width of the pictures that it will mostly make; others work and are prepared when first asked for.</summary>
    public required int Width { get; init; }

    /// <summary>Height of those pictures.</summary>
    public required int Height { get; init; }

    /// <summary>Resolution at which the network stops; see <see cref="StylePicture.ResolutionOf"/>.</summary>
    public required int Resolution { get; init; }

    /// <summary>How many latent layers truncation pulls, from the coarsest on; null for all.</summary>
    public int? Cutoff { get; init; }

    /// <summary>Where the noise of its layers comes from.</summary>
    public NoiseMode Noise { get; init; } = NoiseMode.Const;

    /// <summary>For seeded and driven noise.</summary>
    public ulong NoiseSeed { get; init; }

    /// <summary>In which numbers.</summary>
    public DecodePrecision Precision { get; init; } = DecodePrecision.Float32;

    /// <summary>Where.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>The class of every point; null draws one for each.</summary>
    public int? Class { get; init; }

    /// <summary>Transforms inside the network, in order.</summary>
    public IReadOnlyList<Bend> Bends { get; init; } = [];

    /// <summary>Folder where measured responses are kept; null measures anew every time.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The decode of pictures of that size.</summary>
    /// <param name="card">The model.</param>
    public DecodeSettings ToDecode(ModelCard card) => ToDecode(card, StylePicture.For(Resolution, Width, Height));

    internal DecodeSettings ToDecode(ModelCard card, StylePicture picture) => new()
    {
        Resolution = Resolution == card.Resolution ? null : Resolution,
        Columns = picture.Columns,
        Rows = picture.Rows,
        Precision = Precision,
        Noise = Noise,
        NoiseSeed = NoiseSeed,
        Device = Device,
        Bends = Bends,
    };
}
