using AInimEngine.Neural;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Networks;

/// <summary>
/// The residual discriminator of StyleGAN2 (Karras et al. 2020), with mean pooling for its filters: picture to one number,
/// high for real. Equalised learning rates: weights are stored as N(0, 1) and scaled where they are used. Owns its arrays.
/// One thread at a time.
/// </summary>
public sealed class Discriminator : IDisposable
{
    private const double Slope = 0.2;
    private const int GroupSize = 4;
    private const int SmallestSquares = 32;
    private readonly Dictionary<string, Tensor> _weights = new(StringComparer.Ordinal);
    private readonly ScalarType _type;
    private readonly bool _isFused;

    /// <summary>Makes one of given arrays.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="arrays">All arrays of <see cref="DiscriminatorShape.Arrays"/>, by name.</param>
    /// <param name="isBf16">Whether convolutions and activations are bfloat16, up to the last 4x4 pixels.</param>
    /// <param name="device">Where; the CPU if null.</param>
    /// <param name="isFused">Whether ops of our own are taken where they run.</param>
    public Discriminator(
        DiscriminatorShape shape, IReadOnlyDictionary<string, WeightArray> arrays, bool isBf16 = false, Device? device = null, bool isFused = true)
    {
        _isFused = isFused && FusedOps.RunOn(device ?? Device.Cpu);
        Shape = shape;
        _type = isBf16 ? ScalarType.BFloat16 : ScalarType.Float32;
        using var scope = new TensorScope();
        foreach ((string name, long[] sizes) in shape.Arrays())
            _weights[name] = scope.Keep(Tensor.From(arrays[name].ToSingles(), sizes).To(device ?? Device.Cpu, ScalarType.Float32)).DetachFromScope();
    }

    /// <summary>Its sizes.</summary>
    public DiscriminatorShape Shape { get; }

    /// <summary>Its arrays in fp32, owned by it; set <see cref="Tensor.RequiresGrad"/> on those to train.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => _weights;

    /// <summary>Judges pictures.</summary>
    /// <param name="pictures">[N, 3, R, R], -1..1.</param>
    /// <param name="classes">[N, classes], one-hot; null for a discriminator without classes.</param>
    /// <param name="isFixed">Whether gradients flow to the pictures alone and not to the weights.</param>
    /// <returns>Answer [N], fp32; and the logits of the style head [N, styles], null without one.</returns>
    public Judgement Judge(Tensor pictures, Tensor? classes = null, bool isFixed = false)
    {
        using var scope = new TensorScope();
        var pass = new Pass(this, isFixed);
        Tensor x = pictures.To(_type).Contiguous(MemoryFormat.ChannelsLast);
        x = pass.Convolve(x, "d.rgb", Math.Sqrt(2));
        foreach (int r in Shape.Blocks)
        {
            // Leaky ReLU is positively homogeneous: its gain, and the sum's sqrt(1/2), go into the small weights.
            Tensor skip = pass.Skip(x, $"d.b{r}.skip");
            x = pass.Convolve(x, $"d.b{r}.conv0", Math.Sqrt(2), padding: 1);
            x = pass.Halve(x, $"d.b{r}.conv1").Add(skip);
        }
        x = x.To(ScalarType.Float32).Contiguous();
        x = Torch.Cat([x, Deviation(x)], 1);
        x = x.Conv2d(pass.Weight("d.b4.conv", Math.Sqrt(2), ScalarType.Float32), pass.Bias("d.b4.conv", Math.Sqrt(2), ScalarType.Float32), padding: 1)
            .LeakyRelu(Slope);
        Tensor features = pass.Connect(x.Flatten(1), "d.b4.fc", Math.Sqrt(2)).LeakyRelu(Slope);
        Tensor answer = pass.Connect(features, "d.out", 1);
        answer = Shape.Classes == 0 ? answer.Squeeze(1) : Project(answer, classes, pass);
        Tensor? styles = Shape.Styles == 0 ? null : scope.Keep(pass.Connect(features, "d.style", 1));
        return new Judgement(scope.Keep(answer), styles);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _weights.Values)
            tensor.Dispose();
        _weights.Clear();
    }

    // How much the pictures of a group differ (Karras et al. 2018): one number a group, as one more channel.
    private static Tensor Deviation(Tensor x)
    {
        using var scope = new TensorScope();
        long count = x.Size(0), group = Math.Min(GroupSize, count);
        while (count % group != 0)
            group--;
        Tensor y = x.View(group, count / group, x.Size(1), x.Size(2), x.Size(3));
        y = y.Sub(y.Mean([0], true)).Square().Mean([0]).Add(1e-8).Sqrt().Mean([1, 2, 3]);
        return scope.Keep(y.Repeat(group).View(count, 1, 1, 1).Expand(-1, 1, x.Size(2), x.Size(3)));
    }

    // Projection (Miyato and Koyama 2018) on the class's embedding of unit mean square.
    private Tensor Project(Tensor answer, Tensor? classes, Pass pass)
    {
        if (classes is null)
            throw new ArgumentNullException(nameof(classes), "a discriminator with classes needs one for each picture");
        Tensor embedded = classes.Linear(pass.Weight("d.embed", 1, ScalarType.Float32));
        embedded = embedded.Mul(embedded.Square().Mean([1], true).Add(1e-8).Rsqrt());
        return answer.Mul(embedded).Sum([1]).Mul(1 / Math.Sqrt(Shape.Channels(4)));
    }

    // The arrays as one judgement uses them: scaled, and in the type of its convolutions.
    private readonly struct Pass(Discriminator owner, bool isFixed)
    {
        public Tensor Convolve(Tensor x, string layer, double gain, long padding = 0) => owner._isFused
            ? Fused(x, layer, ConvolutionForm.Zeros, gain)
            : x.Conv2d(Weight(layer, gain), Bias(layer, gain), padding: padding).LeakyRelu(Slope);

        public Tensor Skip(Tensor x, string layer)
        {
            x = x.AvgPool2d(2);
            return owner._isFused
                ? FusedOps.Convolve(x, Array(layer + ".weight"), scale: Math.Sqrt(0.5 / x.Size(1)))
                : x.Conv2d(Weight(layer, Math.Sqrt(0.5)));
        }

        public Tensor Connect(Tensor x, string layer, double gain) =>
            x.Linear(Weight(layer, gain, ScalarType.Float32), Bias(layer, gain, ScalarType.Float32));

        public Tensor Weight(string layer, double gain, ScalarType? type = null)
        {
            Tensor weight = Array(layer + ".weight");
            return weight.Mul(gain / Math.Sqrt(weight.Numel / weight.Size(0))).To(type ?? owner._type);
        }

        public Tensor Halve(Tensor x, string layer) =>
            owner._isFused ? Fused(x, layer, ConvolutionForm.Halved, 1) : HalvePlainly(x, layer).LeakyRelu(Slope);

        // A convolution followed by 2x2 mean pooling is one of stride 2 whose weight was summed over a 2x2 box. In bfloat16
        // oneDNN has no fast gradient for that stride: there the same is a convolution of stride 1 over squares of four
        // pixels taken as channels, or, where pictures are so small that it would be a slow one too, what the words say.
        private Tensor HalvePlainly(Tensor x, string layer)
        {
            Tensor weight = Array(layer + ".weight");
            weight = weight.Mul(1 / Math.Sqrt(weight.Numel / weight.Size(0)));
            Tensor bias = Bias(layer, 1);
            if (owner._type == ScalarType.BFloat16 && x.Size(2) < SmallestSquares)
                return x.Conv2d(weight.To(owner._type), bias, padding: 1).AvgPool2d(2);
            weight = Torch.Call("aten::avg_pool2d", weight, new long[] { 2, 2 }, new long[] { 1, 1 }, new long[] { 1, 1 }).To(owner._type);
            if (owner._type == ScalarType.Float32)
                return x.Conv2d(weight, bias, stride: 2, padding: 1);
            long count = x.Size(0), channels = x.Size(1), squares = x.Size(2) / 2 + 1;
            x = Torch.Call("aten::constant_pad_nd", x, new long[] { 1, 1, 1, 1 }).Permute(0, 2, 3, 1);
            x = x.Reshape(count, squares, 2, squares, 2, channels).Permute(0, 1, 3, 2, 4, 5).Reshape(count, squares, squares, 4 * channels);
            weight = weight.View(-1, channels, 2, 2, 2, 2).Permute(0, 3, 5, 1, 2, 4).Reshape(-1, 4 * channels, 2, 2);
            return x.Permute(0, 3, 1, 2).Conv2d(weight, bias);
        }

        public Tensor Bias(string layer, double gain, ScalarType? type = null)
        {
            Tensor bias = Array(layer + ".bias");
            return (gain == 1 ? bias : bias.Mul(gain)).To(type ?? owner._type);
        }

        private Tensor Fused(Tensor x, string layer, ConvolutionForm form, double gain)
        {
            Tensor weight = Array(layer + ".weight");
            return FusedOps.Convolve(x, weight, Array(layer + ".bias"), form, Math.Sqrt((double)weight.Size(0) / weight.Numel), Slope, gain);
        }

        private Tensor Array(string name) => isFixed ? owner._weights[name].Detach() : owner._weights[name];
    }
}
