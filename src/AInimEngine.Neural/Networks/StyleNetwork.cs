using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>
/// A style network in its plain form, op by op, in fp32 and differentiable: z to w to picture. Tools, projection and tests
/// use it; frames are decoded by a program that gives the same picture faster. Owns its weights. One thread at a time.
/// </summary>
public abstract class StyleNetwork : IDisposable
{
    /// <summary>Wraps a model.</summary>
    protected StyleNetwork(Model model, StyleShape shape)
    {
        Model = model;
        Shape = shape;
    }

    /// <summary>The model that it was made from.</summary>
    public Model Model { get; }

    /// <summary>Its sizes.</summary>
    public StyleShape Shape { get; }

    /// <summary>Mean of w over the prior, [w_dim]. Owned by the network.</summary>
    public abstract Tensor MeanW { get; }

    /// <summary>The mapping network, without truncation.</summary>
    /// <param name="z">[N, z_dim], normally distributed.</param>
    /// <param name="classes">[N, classes], one-hot or mixed; null for unconditional models.</param>
    /// <returns>w, [N, w_dim].</returns>
    public abstract Tensor Map(Tensor z, Tensor? classes = null);

    /// <summary>The synthesis network.</summary>
    /// <param name="ws">[N, layers, w_dim].</param>
    /// <param name="noise">Which noise.</param>
    /// <param name="noiseSeed">For seeded noise.</param>
    /// <returns>[N, 3, H, W], about -1..1, as the network gives it.</returns>
    public abstract Tensor Synthesize(Tensor ws, NoiseMode noise = NoiseMode.Const, ulong noiseSeed = 0);

    /// <summary>
    /// The matrices that turn a layer's w into styles, rows [outputs, w_dim] (owned by the network), for closed-form
    /// factorisation (Shen and Zhou 2021).
    /// </summary>
    /// <param name="layer">Latent layer.</param>
    public abstract IReadOnlyList<Tensor> StyleWeights(int layer);

    /// <summary>
    /// w repeated for all layers and pulled towards the mean: mean + psi (w - mean) on the first <paramref name="cutoff"/>
    /// layers (all if null), as StyleGAN2 truncates.
    /// </summary>
    /// <param name="w">[N, w_dim].</param>
    /// <param name="psi">0 the mean, 1 untouched.</param>
    /// <param name="cutoff">How many layers are pulled.</param>
    /// <returns>[N, layers, w_dim].</returns>
    public Tensor Broadcast(Tensor w, double psi = 1, int? cutoff = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public abstract void Dispose();
}
