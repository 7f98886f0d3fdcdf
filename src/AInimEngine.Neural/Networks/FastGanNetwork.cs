using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>
/// The FastGAN generator (Liu et al. 2021), for playing: no mapping network, so w is z, and one latent layer.
/// </summary>
public sealed class FastGanNetwork : StyleNetwork
{
    internal FastGanNetwork(Model model, NetworkOptions options)
        : base(model, StyleShapes.Of(model.Card), options)
    {
    }

    /// <inheritdoc/>
    public override Tensor Map(Tensor z, Tensor? classes = null) => z.Alias();

    /// <inheritdoc/>
    public override Tensor Synthesize(Tensor ws, NoiseMode noise = NoiseMode.Const, ulong noiseSeed = 0, double noisePhase = 0) =>
        throw new NotSupportedException("FastGAN models are not played yet");

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> StyleWeights(int layer) => [];
}
