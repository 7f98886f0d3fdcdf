using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>
/// The FastGAN generator (Liu et al. 2021), for playing: no mapping network, so w is z, and one latent layer. Files hold no
/// noise maps: <see cref="NoiseMode.Const"/> takes those of seed 0.
/// </summary>
public sealed class FastGanNetwork : StyleNetwork
{
    private const double Epsilon = 1e-5;

    internal FastGanNetwork(Model model, NetworkOptions options)
        : base(model, StyleShapes.Of(model.Card), options)
    {
    }

    /// <summary>z itself, as a new handle.</summary>
    public override Tensor Map(Tensor z, Tensor? classes = null) => z.Alias();

    /// <inheritdoc/>
    public override Tensor Synthesize(Tensor ws, NoiseMode noise = NoiseMode.Const, ulong noiseSeed = 0, double noisePhase = 0)
    {
        using var scope = new TensorScope();
        var maps = new NoiseMaps(this, noise == NoiseMode.Const ? NoiseMode.Seeded : noise, noise == NoiseMode.Const ? 0 : noiseSeed, noisePhase);
        Tensor x = ws.Select(1, 0).Matmul(Weights["init.init.0.weight"].Flatten(1));
        x = Gate(x.View(ws.Size(0), -1, 4, 4), "init.init.1");
        x = Padding.Reflect(x, Options.Rows, Options.Columns);
        List<Tensor> features = [x];
        for (int r = 8, i = 1; r <= Shape.Resolution; r *= 2, i++)
        {
            x = Up(x, r, i, maps);
            // Skip-layer excitation: 4 to 64, 8 to 128, 16 to 256, 32 to 512.
            if (i is >= 4 and < 8)
                x = Excite(x, features[i - 4], $"se_{r}");
            features.Add(x);
        }
        Tensor image = x.Conv2d(Weights["to_big.weight"], padding: 1);
        return scope.Keep(Shape.Resolution == 1024 ? image.Tanh() : image);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> StyleWeights(int layer) =>
        [Weights.Derive("init.init.0.weight", "styles", v => v.Flatten(1).T().Contiguous())];

    private Tensor Up(Tensor x, int resolution, int octave, NoiseMaps maps)
    {
        string name = $"feat_{resolution}";
        x = x.UpsampleNearest2d([resolution / 4 * Options.Rows, resolution / 4 * Options.Columns]);
        x = x.Conv2d(Weights[name + ".1.weight"], padding: 1);
        if (octave % 2 == 0)
            return Gate(x, name + ".2");
        x = Gate(AddNoise(x, name + ".2.weight", 2 * octave - 1, resolution, maps), name + ".3");
        x = x.Conv2d(Weights[name + ".5.weight"], padding: 1);
        return Gate(AddNoise(x, name + ".6.weight", 2 * octave, resolution, maps), name + ".7");
    }

    private Tensor AddNoise(Tensor x, string strength, int layer, int resolution, NoiseMaps maps) =>
        maps.Find(layer, resolution) is { } map ? x.Add(map.Mul(Weights[strength])) : x;

    private Tensor Excite(Tensor x, Tensor small, string name)
    {
        Tensor gate = small.AdaptiveAvgPool2d([4, 4]).Conv2d(Weights[name + ".main.1.weight"]).Silu();
        return x.Mul(gate.Conv2d(Weights[name + ".main.3.weight"]).Sigmoid());
    }

    private Tensor Gate(Tensor x, string norm) => x.BatchNorm(
        Weights[norm + ".weight"], Weights[norm + ".bias"], Weights[norm + ".running_mean"], Weights[norm + ".running_var"],
        training: false, momentum: 0, Epsilon).Glu(1);
}
