namespace AInimEngine.Neural.Networks;

/// <summary>How a plain network is built.</summary>
public sealed record NetworkOptions
{
    /// <summary>Where its weights live and its ops run.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Rows of the 4x4 constant (or layout) after padding by reflection; 4 for square pictures.</summary>
    public int Rows { get; init; } = 4;

    /// <summary>Columns of the constant after padding.</summary>
    public int Columns { get; init; } = 4;

    /// <summary>
    /// Up-samples SG2 by transposed convolutions and filters, the paper's own formulation, instead of the equal but much
    /// faster phases: for comparison.
    /// </summary>
    public bool Transposed { get; init; }

    /// <summary>
    /// SM normalises with the mean and the variance of the batch, through which gradients flow, instead of stored ones:
    /// for training.
    /// </summary>
    public bool BatchStatistics { get; init; }

    /// <summary>SM's activations and convolutions in bfloat16, its weights and statistics in fp32: for training.</summary>
    public bool Bf16 { get; init; }

    /// <summary>
    /// With the statistics of the batch, SM takes <see cref="FusedOps"/> where they run: several times as fast forth and
    /// back, but without second derivatives.
    /// </summary>
    public bool Fused { get; init; }
}
