using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>The noise maps of SG2's layers: constants, and the two factors that controls give them.</summary>
internal sealed class NoiseRecorder(DecodeContext context)
{
    private const ulong Stream = 7000;
    private Slot? _factors;

    /// <summary>Whether layers have any.</summary>
    public bool Active => context.Settings.Noise != NoiseMode.None;

    /// <summary>What the first and second map are multiplied by, [2]: the noise factor, turned by the phase where noise is driven.</summary>
    public Slot Factors => _factors ??= Record();

    /// <summary>
    /// A layer's map [rows, columns] in the current tensor scope; <paramref name="second"/> is the one that driven noise turns
    /// to. FastGAN's files hold no maps: constant ones are those of seed 0.
    /// </summary>
    public Tensor Map(string prefix, int layer, int resolution, bool second = false)
    {
        Tensor map = context.Settings.Noise == NoiseMode.Const
            ? context.Find(prefix + ".noise_const") ?? Seeded(0, layer, resolution, second: false)
            : Seeded(context.Settings.NoiseSeed, layer, resolution, second);
        return Padding.Reflect(map, context.Rows(resolution), context.Columns(resolution));
    }

    /// <summary>A seeded map [resolution, resolution], standard normal.</summary>
    public static Tensor Seeded(ulong seed, int layer, int resolution, bool second)
    {
        var values = new float[resolution * resolution];
        Philox.Normal(seed, Stream + 2 * (ulong)layer + (second ? 1ul : 0), values);
        return Tensor.From(values, resolution, resolution);
    }

    private Slot Record()
    {
        OpProgramBuilder b = context.B;
        Slot factor = b.Narrow(context.Controls, 0, 0, 1);
        if (context.Settings.Noise != NoiseMode.Driven)
            return factor;
        Slot turn = b.Mul(b.Narrow(context.Controls, 0, 1, 1), 2 * Math.PI);
        return b.Mul(b.Cat([b.Cos(turn), b.Sin(turn)]), factor);
    }
}
