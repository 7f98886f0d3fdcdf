using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>
/// The StyleGAN2(-ADA) generator (Karras et al. 2020), exactly: skip, resnet and orig architectures, classes, 16 to 1024
/// pixels. Modulation scales the activations instead of the weights, which is the same and serves batches.
/// </summary>
public sealed class Sg2Network : StyleNetwork
{
    private readonly IReadOnlyList<Sg2Layer> _layers;
    private readonly string _synthesis;
    private readonly double? _clamp;

    internal Sg2Network(Model model, NetworkOptions options)
        : base(model, StyleShapes.Of(model.Card), options)
    {
        _layers = Sg2Layer.All(Shape.Resolution);
        _synthesis = model.Card.Synthesis;
        _clamp = model.Card.ConvClamp;
    }

    /// <inheritdoc/>
    public override Tensor Map(Tensor z, Tensor? classes = null) => MappingNetwork.Map(this, z, classes);

    /// <inheritdoc/>
    public override Tensor Synthesize(Tensor ws, NoiseMode noise = NoiseMode.Const, ulong noiseSeed = 0, double noisePhase = 0)
    {
        using var scope = new TensorScope();
        var maps = new NoiseMaps(this, noise, noiseSeed, noisePhase);
        Tensor x = Padding.Reflect(Weights["synthesis.b4.const"], Options.Rows, Options.Columns);
        x = x.Unsqueeze(0).Expand(ws.Size(0), -1, -1, -1);
        Tensor? shortcut = null;
        Tensor? image = null;
        foreach (Sg2Layer layer in _layers)
        {
            bool residual = _synthesis == "resnet" && layer.Resolution > 4;
            if (residual && layer.Up)
                shortcut = Shortcut(x, layer);
            x = Convolve(x, ws.Select(1, layer.Latent), layer, maps.Find(layer), residual && !layer.Up ? Math.Sqrt(0.5) : 1);
            if (layer.Up)
                continue;
            if (residual)
                x = shortcut!.Add(x);
            if (_synthesis == "skip" || layer.Resolution == Shape.Resolution)
                image = ToImage(x, ws.Select(1, layer.Latent + 1), layer, image);
        }
        return scope.Keep(image!);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> StyleWeights(int layer)
    {
        List<Tensor> found = [];
        foreach (Sg2Layer one in _layers)
        {
            if (one.Latent == layer)
                found.Add(Weights[one.Prefix + ".affine.weight"]);
            if (!one.Up && one.Latent + 1 == layer && Weights.Find(one.Block + ".torgb.affine.weight") is { } colours)
                found.Add(colours);
        }
        return found;
    }

    // Modulated 3x3 convolution, demodulated; noise, bias, leaky ReLU times sqrt(2), clamp.
    private Tensor Convolve(Tensor x, Tensor w, Sg2Layer layer, Tensor? noise, double gain)
    {
        using var scope = new TensorScope();
        Tensor weight = Weights[layer.Prefix + ".weight"];
        Tensor styles = Styles(w, layer.Prefix);
        Tensor squares = Weights.Derive(layer.Prefix + ".weight", "squares", v => v.Square().Sum([2, 3]));
        Tensor demodulation = styles.Square().Linear(squares).Add(1e-8).Rsqrt();
        x = x.Mul(PerChannel(styles));
        if (!layer.Up)
            x = x.Conv2d(weight, padding: 1);
        else if (Options.Transposed)
            x = Upsampling.Transposed(x, weight);
        else
            x = x.Conv2d(Weights.Derive(layer.Prefix + ".weight", "phases", Upsampling.Phases), padding: 1).PixelShuffle(2);
        x = x.Mul(PerChannel(demodulation));
        if (noise is not null)
            x = x.Add(noise.Mul(Weights[layer.Prefix + ".noise_strength"]));
        x = x.Add(Weights[layer.Prefix + ".bias"].View(1, -1, 1, 1)).LeakyRelu(0.2).Mul(Math.Sqrt(2) * gain);
        return scope.Keep(_clamp is { } clamp ? x.Clamp(-clamp * gain, clamp * gain) : x);
    }

    private Tensor ToImage(Tensor x, Tensor w, Sg2Layer layer, Tensor? before)
    {
        using var scope = new TensorScope();
        string prefix = layer.Block + ".torgb";
        Tensor weight = Weights[prefix + ".weight"];
        Tensor styles = Styles(w, prefix).Mul(1 / Math.Sqrt(weight.Size(1)));
        Tensor image = x.Mul(PerChannel(styles)).Conv2d(weight, Weights[prefix + ".bias"]);
        if (_clamp is { } clamp)
            image = image.Clamp(-clamp, clamp);
        return scope.Keep(before is null ? image : Upsampling.Double(before).Add(image));
    }

    // The residual path: mixed by a 1x1 convolution times sqrt(1/2), and doubled; the two commute.
    private Tensor Shortcut(Tensor x, Sg2Layer layer)
    {
        using var scope = new TensorScope();
        Tensor weight = Weights.Derive(layer.Block + ".skip.weight", "scaled", v => v.Mul(Math.Sqrt(0.5 / v.Size(1))));
        return scope.Keep(Upsampling.Double(x.Conv2d(weight)));
    }

    // [N, C].
    private Tensor Styles(Tensor w, string prefix)
    {
        Tensor weight = Weights.Derive(prefix + ".affine.weight", "scaled", v => v.Mul(1 / Math.Sqrt(v.Size(1))));
        return w.Linear(weight, Weights[prefix + ".affine.bias"]);
    }

    private static Tensor PerChannel(Tensor values) => values.Unsqueeze(2).Unsqueeze(3);
}
