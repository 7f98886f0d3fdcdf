using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>What the fused recorders share.</summary>
internal static class Fused
{
    /// <summary>No activation.</summary>
    public const int Linear = 0;

    /// <summary>Leaky ReLU with slope 0.2; its gain lies in scale, shift and noise.</summary>
    public const int Leaky = 1;

    /// <summary>The first half times the sigmoid of the second.</summary>
    public const int Gated = 2;

    /// <summary>
    /// A weight [O, I, 3, 3] in the order in which this processor's loops read it; in the current tensor scope. Winograd's
    /// form where it pays: measured 1.3 to 2 times as fast from so many channels on, slower below (2026-11).
    /// </summary>
    public static Tensor Pack(DecodeContext context, Tensor weight, int resolution, bool up, bool gated)
    {
        bool even = context.Rows(resolution) % 2 == 0 && context.Columns(resolution) % 2 == 0;
        bool winograd = !up && even && weight.Size(1) >= (context.Type == ScalarType.Float32 ? 32 : 64);
        return Torch.Call("ainim::pack", weight.Contiguous(), up, winograd, gated, context.Type);
    }

    /// <summary>Activations without border, [N, C, H, W], a view in channels-last order.</summary>
    public static Slot Free(DecodeContext context, Slot x, int channels, int resolution)
    {
        OpProgramBuilder b = context.B;
        Slot inner = b.Narrow(b.Narrow(b.Narrow(x, 1, 1, context.Rows(resolution)), 2, 1, context.Columns(resolution)), 3, 0, channels);
        return b.Permute(inner, 0, 3, 1, 2);
    }
}
