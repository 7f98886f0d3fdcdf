namespace AInimEngine.Neural.Decoding.Bends;

/// <summary>What is known of the activations [N, C, H, W] that a bend is recorded for.</summary>
/// <param name="Batch">N.</param>
/// <param name="Channels">C.</param>
/// <param name="Height">H, pixels of the layer.</param>
/// <param name="Width">W, pixels of the layer.</param>
public sealed record BendTarget(int Batch, int Channels, int Height, int Width)
{
    /// <summary>Element type: float32, bfloat16 or float16. The arithmetic is float32 in any case.</summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>Order in memory, which the result has too.</summary>
    public MemoryFormat Layout { get; init; } = MemoryFormat.Contiguous;

    /// <summary>Where they are.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Typical deviation of every channel, [C]; empty for 1.</summary>
    public IReadOnlyList<float> Deviations { get; init; } = [];
}
