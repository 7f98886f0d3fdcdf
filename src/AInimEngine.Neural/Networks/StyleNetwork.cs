using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>
/// A style network in its plain form, op by op, in fp32 and differentiable: z to w to picture. Tools, projection and tests
/// use it; frames are decoded by a program that gives the same picture faster. Owns its weights. One thread at a time.
/// </summary>
public abstract class StyleNetwork : IDisposable
{
    private const int MeanSamples = 10_000;
    private const ulong MeanSeed = 0x6D65616E;
    private Tensor? _meanW;

    /// <summary>Wraps a model.</summary>
    protected StyleNetwork(Model model, StyleShape shape)
        : this(model, shape, new NetworkOptions())
    {
    }

    /// <summary>Wraps a model and copies its arrays to the device, as fp32.</summary>
    protected StyleNetwork(Model model, StyleShape shape, NetworkOptions options)
    {
        Model = model;
        Shape = shape;
        Options = options;
        Weights = new NetworkWeights(model, options.Device);
    }

    /// <summary>The model that it was made from.</summary>
    public Model Model { get; }

    /// <summary>Its sizes.</summary>
    public StyleShape Shape { get; }

    /// <summary>How it was built.</summary>
    public NetworkOptions Options { get; }

    /// <summary>Its arrays, owned by the network; set <see cref="Tensor.RequiresGrad"/> on those to train.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>
    /// Mean of w over the prior, [w_dim]. Owned by the network: the running mean of training where the model has it, else of
    /// 10,000 samples (classes in equal shares).
    /// </summary>
    public Tensor MeanW => _meanW ??= FindMean();

    /// <summary>Makes the network of a model.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="options">How; on the CPU, square, if null.</param>
    public static StyleNetwork Create(Model model, NetworkOptions? options = null)
    {
        options ??= new NetworkOptions();
        return model.Card.Architecture switch
        {
            ModelArchitecture.Sg2 => new Sg2Network(model, options),
            ModelArchitecture.Sm => new SmNetwork(model, options),
            ModelArchitecture.FastGan => new FastGanNetwork(model, options),
            _ => throw new ArgumentOutOfRangeException(nameof(model), model.Card.Architecture, "no such architecture"),
        };
    }

    /// <summary>The mapping network, without truncation.</summary>
    /// <param name="z">[N, z_dim], normally distributed.</param>
    /// <param name="classes">[N, classes], one-hot or mixed; null for unconditional models.</param>
    /// <returns>w, [N, w_dim].</returns>
    public abstract Tensor Map(Tensor z, Tensor? classes = null);

    /// <summary>The synthesis network.</summary>
    /// <param name="ws">[N, layers, w_dim].</param>
    /// <param name="noise">Which noise.</param>
    /// <param name="noiseSeed">For seeded and driven noise.</param>
    /// <param name="noisePhase">For driven noise, turns.</param>
    /// <returns>[N, 3, H, W], about -1..1, as the network gives it.</returns>
    public abstract Tensor Synthesize(Tensor ws, NoiseMode noise = NoiseMode.Const, ulong noiseSeed = 0, double noisePhase = 0);

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
    public Tensor Broadcast(Tensor w, double psi = 1, int? cutoff = null)
    {
        using var scope = new TensorScope();
        long layers = Shape.Layers;
        long pulled = psi == 1 ? 0 : Math.Clamp(cutoff ?? layers, 0, layers);
        Tensor untouched = w.Unsqueeze(1).Expand(-1, layers - pulled, -1);
        if (pulled == 0)
            return scope.Keep(untouched.Contiguous());
        Tensor truncated = MeanW.Lerp(w, psi).Unsqueeze(1).Expand(-1, pulled, -1);
        return scope.Keep(Torch.Cat([truncated, untouched], 1));
    }

    /// <summary>Style mixing: the first layers of one W+, the rest of another.</summary>
    /// <param name="first">[N, layers, w_dim].</param>
    /// <param name="second">[N, layers, w_dim].</param>
    /// <param name="crossover">How many layers are the first's.</param>
    /// <returns>[N, layers, w_dim].</returns>
    public Tensor Mix(Tensor first, Tensor second, int crossover)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(crossover);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(crossover, Shape.Layers);
        using var scope = new TensorScope();
        return scope.Keep(Torch.Cat(
            [first.Narrow(1, 0, crossover), second.Narrow(1, crossover, Shape.Layers - crossover)], 1));
    }

    /// <summary>z of seeds, each a pure function of its seed, on any machine.</summary>
    /// <param name="seeds">N of them.</param>
    /// <returns>[N, z_dim].</returns>
    public Tensor SeedZ(params ReadOnlySpan<ulong> seeds)
    {
        var values = new float[seeds.Length * Shape.ZDim];
        for (int i = 0; i < seeds.Length; i++)
            Philox.Normal(seeds[i], 0, values.AsSpan(i * Shape.ZDim, Shape.ZDim));
        using var scope = new TensorScope();
        return scope.Keep(Tensor.From(values, seeds.Length, Shape.ZDim).To(Options.Device, ScalarType.Float32));
    }

    /// <summary>Classes as the mapping network takes them.</summary>
    /// <param name="classes">N numbers from 0; none for unconditional models.</param>
    /// <returns>[N, classes], one-hot; null for unconditional models.</returns>
    public Tensor? OneHot(params ReadOnlySpan<int> classes)
    {
        if (Shape.Classes == 0 || classes.IsEmpty)
            return null;
        var values = new float[classes.Length * Shape.Classes];
        for (int i = 0; i < classes.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(classes[i], nameof(classes));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classes[i], Shape.Classes, nameof(classes));
            values[i * Shape.Classes + classes[i]] = 1;
        }
        using var scope = new TensorScope();
        return scope.Keep(Tensor.From(values, classes.Length, Shape.Classes).To(Options.Device, ScalarType.Float32));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go what the network owns.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _meanW?.Dispose();
        _meanW = null;
        Weights.Dispose();
    }

    private Tensor FindMean()
    {
        using var scope = new TensorScope();
        using GradMode _ = Torch.NoGrad();
        Tensor mean = Weights.Find("mapping.w_avg") is { } stored ? stored.Clone() : SampleMean();
        return scope.Keep(mean).DetachFromScope();
    }

    private Tensor SampleMean()
    {
        var values = new float[MeanSamples * Shape.ZDim];
        Philox.Normal(MeanSeed, 0, values);
        Tensor z = Tensor.From(values, MeanSamples, Shape.ZDim).To(Options.Device, ScalarType.Float32);
        var classes = new int[Shape.Classes == 0 ? 0 : MeanSamples];
        for (int i = 0; i < classes.Length; i++)
            classes[i] = i % Shape.Classes;
        return Map(z, OneHot(classes)).Mean([0]);
    }
}
