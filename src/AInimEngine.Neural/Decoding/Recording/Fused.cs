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

    /// <summary>A weight [O, I, 3, 3] in the order in which this processor's loops read it; in the current tensor scope.</summary>
    public static Tensor Pack(Tensor weight, bool up, bool gated, ScalarType type) =>
        Torch.Call("ainim::pack", weight.Contiguous(), up, gated, type);

    /// <summary>Activations without border, [N, C, H, W], a view in channels-last order.</summary>
    public static Slot Free(DecodeContext context, Slot x, int channels, int resolution)
    {
        OpProgramBuilder b = context.B;
        Slot inner = b.Narrow(b.Narrow(b.Narrow(x, 1, 1, context.Rows(resolution)), 2, 1, context.Columns(resolution)), 3, 0, channels);
        return b.Permute(inner, 0, 3, 1, 2);
    }
}
