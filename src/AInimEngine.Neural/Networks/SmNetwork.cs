using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>
/// Our self-modulated generator: a constant layout that w moves, then two convolutions an octave with bilinear
/// up-sampling and replicated edges, each followed by batch normalisation whose scale and shift come from w (Chen et al.
/// 2019) and a gated linear unit. No noise. Normalises with the stored statistics, or for training with those of the batch.
/// </summary>
public sealed class SmNetwork : StyleNetwork
{
    /// <summary>Added to variances before their root is taken.</summary>
    public const double Epsilon = 1e-5;

    internal SmNetwork(Model model, NetworkOptions options)
        : base(model, StyleShapes.Of(model.Card), options)
    {
    }

    // Of activations and convolutions; statistics are always fp32.
    private ScalarType Type => Options.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <inheritdoc/>
    public override Tensor Map(Tensor z, Tensor? classes = null) => MappingNetwork.Map(this, z, classes);

    /// <inheritdoc/>
    public override Tensor Synthesize(Tensor ws, NoiseMode noise = NoiseMode.Const, ulong noiseSeed = 0, double noisePhase = 0) =>
        Synthesize(ws, null);

    /// <summary>The synthesis network, showing what reaches each normalisation: for statistics.</summary>
    /// <param name="ws">[N, layers, w_dim].</param>
    /// <param name="beforeNorm">Called with the prefix of the norm's arrays and its input [N, C, H, W], valid during the call.</param>
    /// <returns>[N, 3, H, W].</returns>
    public Tensor Synthesize(Tensor ws, Action<string, Tensor>? beforeNorm)
    {
        using var scope = new TensorScope();
        Tensor layout = Weights["synthesis.const"];
        Tensor x = ws.Select(1, 0).Linear(Weights["synthesis.input.weight"]);
        x = x.View(-1, layout.Size(0), 4, 4).Add(layout).To(Type);
        if (Options.BatchStatistics)
            x = x.Contiguous(MemoryFormat.ChannelsLast);
        x = Gate(x, ws.Select(1, 0), "synthesis.norm", beforeNorm);
        x = Padding.Reflect(x, Options.Rows, Options.Columns);
        for (int r = 8, i = 1; r <= Shape.Resolution; r *= 2, i++)
        {
            using var octave = new TensorScope();
            x = Gate(ConvolveDoubled(x, $"synthesis.b{r}.conv0.weight"), ws.Select(1, 2 * i - 1), $"synthesis.b{r}.norm0", beforeNorm);
            x = Gate(Convolve(x, $"synthesis.b{r}.conv1.weight"), ws.Select(1, 2 * i), $"synthesis.b{r}.norm1", beforeNorm);
            octave.Keep(x);
        }
        Tensor image = Convolve(x, "synthesis.torgb.weight", Weights["synthesis.torgb.bias"]);
        return scope.Keep(image.To(ScalarType.Float32));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> StyleWeights(int layer) => layer == 0
        ? [Weights["synthesis.input.weight"], Weights["synthesis.norm.affine.weight"]]
        : [Weights[$"synthesis.b{Shape.LayerResolutions[layer]}.norm{1 - layer % 2}.affine.weight"]];

    private bool IsFused => Options.Fused && Options.BatchStatistics && FusedOps.RunOn(Options.Device);

    private Tensor ConvolveDoubled(Tensor x, string weight) => IsFused
        ? FusedOps.Convolve(x, Weights[weight], null, ConvolutionForm.Doubled)
        : Convolve(x.UpsampleBilinear2d([2 * x.Size(2), 2 * x.Size(3)]), weight);

    private Tensor Convolve(Tensor x, string weight, Tensor? bias = null)
    {
        if (IsFused)
            return FusedOps.Convolve(x, Weights[weight], bias, ConvolutionForm.Replicated);
        x = Options.BatchStatistics ? ReplicatedEdges.Pad(x) : x.ReplicationPad2d([1, 1, 1, 1]);
        return x.Conv2d(Weights[weight].To(Type), bias?.To(Type));
    }

    // Self-modulated normalisation, then the gated linear unit: half the channels are left.
    private Tensor Gate(Tensor x, Tensor w, string norm, Action<string, Tensor>? beforeNorm)
    {
        beforeNorm?.Invoke(norm, x);
        Tensor style = w.Linear(Weights[norm + ".affine.weight"], Weights[norm + ".affine.bias"]);
        if (IsFused && x.Size(1) % FusedOps.GateChannels == 0)
            return FusedOps.NormaliseAndGate(x, style, Epsilon);
        Tensor[] styles = style.Unsqueeze(2).Unsqueeze(3).To(Type).Chunk(2, 1);
        x = Normalise(x, norm).Mul(styles[0]).Add(styles[1]);
        if (!Options.Bf16)
            return x.Glu(1);
        // libtorch's own has a slow gradient in bfloat16.
        Tensor[] halves = x.Chunk(2, 1);
        return halves[0].Mul(halves[1].Sigmoid());
    }

    private Tensor Normalise(Tensor x, string norm)
    {
        if (Options.BatchStatistics)
        {
            // With a scale of 1 in fp32, statistics are fp32 whatever x is.
            Tensor ones = Torch.Ones([x.Size(1)], device: x.Device), zeros = Torch.Zeros([x.Size(1)], device: x.Device);
            return x.BatchNorm(ones, zeros, null, null, training: true, momentum: 0, Epsilon);
        }
        Tensor scale = Weights.Derive(norm + ".running_var", "scale", v => v.Add(Epsilon).Rsqrt());
        Tensor mean = Weights[norm + ".running_mean"];
        return x.Sub(mean.View(1, -1, 1, 1)).Mul(scale.View(1, -1, 1, 1));
    }
}
