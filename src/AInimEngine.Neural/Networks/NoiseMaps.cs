using AInimEngine.Neural.Decoding.Recording;

namespace AInimEngine.Neural.Networks;

/// <summary>The noise of a network's layers for one synthesis.</summary>
internal sealed class NoiseMaps(StyleNetwork network, NoiseMode mode, ulong seed, double phase)
{
    /// <summary>The map of an SG2 layer before its strength, [rows, columns], in the current scope; null for none.</summary>
    public Tensor? Find(Sg2Layer layer) => mode == NoiseMode.Const
        ? Place(network.Weights[layer.Prefix + ".noise_const"], layer.Resolution)
        : Find(layer.Latent, layer.Resolution);

    /// <summary>A seeded or driven map before its strength; null for none.</summary>
    /// <param name="layer">Which of the network's.</param>
    /// <param name="resolution">Of the square map.</param>
    public Tensor? Find(int layer, int resolution)
    {
        if (mode == NoiseMode.None)
            return null;
        Tensor map = NoiseRecorder.Seeded(seed, layer, resolution, second: false);
        if (mode == NoiseMode.Driven)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * phase);
            map = map.Mul(cos).Add(NoiseRecorder.Seeded(seed, layer, resolution, second: true).Mul(sin));
        }
        return Place(map, resolution);
    }

    private Tensor Place(Tensor map, int resolution) =>
        Padding.Reflect(map.To(Device.Cpu, ScalarType.Float32), resolution / 4 * network.Options.Rows, resolution / 4 * network.Options.Columns)
            .To(network.Options.Device, ScalarType.Float32);
}
