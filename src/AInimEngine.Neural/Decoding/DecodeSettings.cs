using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Decoding;

/// <summary>How a model is decoded: fixed when its program is recorded.</summary>
public sealed record DecodeSettings
{
    /// <summary>
    /// Resolution at which SG2 with skip architecture stops early; null for the model's own. A power of two, at least 16 and at most the model's.
    /// </summary>
    public int? Resolution { get; init; }

    /// <summary>Columns of the 4x4 constant (or layout) after padding: 4 for square pictures, 7 for 7:4.</summary>
    public int Columns { get; init; } = 4;

    /// <summary>Rows of the constant after padding.</summary>
    public int Rows { get; init; } = 4;

    /// <summary>Number of pictures decoded at once.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>In which numbers.</summary>
    public DecodePrecision Precision { get; init; } = DecodePrecision.Float32;

    /// <summary>Where SG2's noise comes from.</summary>
    public NoiseMode Noise { get; init; } = NoiseMode.Const;

    /// <summary>For seeded and driven noise.</summary>
    public ulong NoiseSeed { get; init; }

    /// <summary>Where.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Transforms of activations inside the network, in order.</summary>
    public IReadOnlyList<Bend> Bends { get; init; } = [];
}
