using AInimEngine.Neural.Decoding.Recording;

namespace AInimEngine.Neural.Networks;

/// <summary>The noise of SG2's layers for one synthesis.</summary>
internal sealed class NoiseMaps(StyleNetwork network, NoiseMode mode, ulong seed, double phase)
{
    /// <summary>The map of a layer before its strength, [rows, columns], in the current scope; null for none.</summary>
    public Tensor? Find(Sg2Layer layer)
    {
        if (mode == NoiseMode.None)
            return null;
        Tensor map = mode == NoiseMode.Const
            ? network.Weights[layer.Prefix + ".noise_const"]
            : NoiseRecorder.Seeded(seed, layer.Latent, layer.Resolution, second: false);
        if (mode == NoiseMode.Driven)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * phase);
            Tensor other = NoiseRecorder.Seeded(seed, layer.Latent, layer.Resolution, second: true);
            map = map.Mul(cos).Add(other.Mul(sin));
        }
        int scale = layer.Resolution / 4;
        return Padding.Reflect(map, network.Options.Rows * scale, network.Options.Columns * scale)
            .To(network.Options.Device, ScalarType.Float32);
    }
}
