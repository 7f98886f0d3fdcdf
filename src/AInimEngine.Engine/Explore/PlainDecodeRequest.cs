using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Engine.Explore;

/// <summary>Which pictures of a model somebody wants as plain numbers.</summary>
public sealed record PlainDecodeRequest
{
    /// <summary>[N, z_dim], row by row.</summary>
    public required float[] Z { get; init; }

    /// <summary>N classes; empty for unconditional models.</summary>
    public int[] Classes { get; init; } = [];

    /// <summary>0 the mean, 1 untouched.</summary>
    public double Truncation { get; init; } = 1;

    /// <summary>How many layers are truncated; null for all.</summary>
    public int? Cutoff { get; init; }

    /// <summary>Const or none.</summary>
    public NoiseMode Noise { get; init; } = NoiseMode.Const;

    /// <summary>Float32 runs the plain network, others the fast decoder.</summary>
    public DecodePrecision Precision { get; init; } = DecodePrecision.Float32;
}
