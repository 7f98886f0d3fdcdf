using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Training.Networks;

/// <summary>
/// A generator whose arrays learn: SM with the statistics of its batches, or SG2 with the noise that its model was saved
/// with (none in a new one, so that nothing flickers). Owns its arrays. One thread at a time.
/// </summary>
internal sealed class TrainableGenerator : IDisposable
{
    private readonly StyleNetwork _network;
    private readonly bool _isCast;

    /// <summary>Makes the network of a model; statistics, the mean of w and noise do not learn.</summary>
    /// <param name="start">What it begins as.</param>
    /// <param name="isBf16">Whether activations and convolutions are bfloat16.</param>
    /// <param name="device">Where; the CPU if null.</param>
    /// <param name="isFused">Whether ops of our own are taken where they run; not for second derivatives.</param>
    public TrainableGenerator(Model start, bool isBf16, Device? device = null, bool isFused = true)
    {
        _network = StyleNetwork.Create(start, new NetworkOptions { BatchStatistics = true, Bf16 = isBf16, Fused = isFused, Device = device ?? Device.Cpu });
        // SM chooses its types itself; SG2 leaves that to libtorch.
        _isCast = isBf16 && _network is Sg2Network;
        var learning = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (string name in _network.Weights.Names.Where(Learns))
            learning[name] = _network.Weights[name].RequiresGrad_();
        Learning = learning;
    }

    /// <summary>The arrays that learn, by name, owned by the network.</summary>
    public IReadOnlyDictionary<string, Tensor> Learning { get; }

    /// <summary>Its sizes.</summary>
    public StyleShape Shape => _network.Shape;

    /// <summary>Whether an array learns.</summary>
    public static bool Learns(string name) =>
        !SmStatistics.IsStatistic(name) && name != "mapping.w_avg"
        && !name.EndsWith(".noise_const", StringComparison.Ordinal) && !name.EndsWith(".noise_strength", StringComparison.Ordinal);

    /// <summary>w of every layer, of one or of two latents.</summary>
    /// <param name="first">[N, z_dim].</param>
    /// <param name="second">[N, z_dim], for the layers from the crossover on.</param>
    /// <param name="crossovers">Per sample, how many of the first layers are the first latent's; as many as there are for no mixing.</param>
    /// <param name="classes">One-hot, or null.</param>
    /// <returns>[N, layers, w_dim].</returns>
    public Tensor Map(Tensor first, Tensor second, ReadOnlySpan<int> crossovers, Tensor? classes)
    {
        using var scope = new TensorScope();
        int count = crossovers.Length, layers = Shape.Layers;
        // Where which latent counts: 1 for the first, a weight that no gradient needs.
        var mask = new float[count * layers];
        for (int n = 0; n < count; n++)
            mask.AsSpan(n * layers, crossovers[n]).Fill(1);
        Tensor isFirst = Tensor.From(mask, count, layers, 1).To(first.Device, ScalarType.Float32);
        Tensor[] both = _network.Map(Torch.Cat([first, second]), classes is null ? null : Torch.Cat([classes, classes])).Unsqueeze(1).Chunk(2, 0);
        return scope.Keep(both[0].Mul(isFirst).Add(both[1].Mul(isFirst.Neg().Add(1))));
    }

    /// <summary>Pictures, [N, 3, R, R], fp32, not clamped.</summary>
    /// <param name="ws">[N, layers, w_dim].</param>
    public Tensor Synthesize(Tensor ws)
    {
        if (!_isCast)
            return _network.Synthesize(ws);
        using var scope = new TensorScope();
        using Autocast _ = Torch.Autocast(ws.Device.Type);
        return scope.Keep(_network.Synthesize(ws).To(ScalarType.Float32));
    }

    /// <summary>The same in fp32 throughout, as gradients of gradients want it.</summary>
    /// <param name="ws">[N, layers, w_dim].</param>
    public Tensor SynthesizeExactly(Tensor ws) => _network.Synthesize(ws);

    /// <summary>Classes as <see cref="Map"/> takes them; null for none.</summary>
    public Tensor? OneHot(ReadOnlySpan<int> classes) => _network.OneHot(classes);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
