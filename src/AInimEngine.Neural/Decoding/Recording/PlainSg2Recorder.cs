using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>
/// SG2's synthesis in libtorch's own ops (Karras et al. 2020, section 2.2, not fused): scale by styles, convolve with static
/// weights, scale by demodulation, noise, bias, leaky ReLU, clamp. Activations [N, C, H, W]; sums and pictures in float32.
/// </summary>
internal sealed class PlainSg2Recorder
{
    private readonly DecodeContext _c;
    private readonly OpProgramBuilder _b;
    private readonly NoiseRecorder _noise;
    private readonly BendInsertion _bends;
    private readonly double? _clamp;
    private readonly bool _half;

    public PlainSg2Recorder(DecodeContext context)
    {
        _c = context;
        _b = context.B;
        _noise = new NoiseRecorder(context);
        _bends = new BendInsertion(context);
        _clamp = context.Model.Card.ConvClamp;
        _half = context.Type == ScalarType.Float16;
    }

    /// <summary>Records it.</summary>
    /// <returns>[N, 3, H, W], float32.</returns>
    public Slot Record()
    {
        string synthesis = _c.Model.Card.Synthesis;
        Tensor start = Padding.Reflect(_c.Weight("synthesis.b4.const"), _c.Settings.Rows, _c.Settings.Columns);
        Slot x = _b.Expand(_c.Constant(start, _c.Type), _c.Batch, -1, -1, -1);
        Slot? image = null;
        Slot? shortcut = null;
        foreach (Sg2Layer layer in Sg2Layer.All(_c.Resolution))
        {
            bool residual = synthesis == "resnet" && layer.Resolution > 4;
            if (layer.Up && residual)
                shortcut = Shortcut(x, layer);
            x = Convolve(x, layer, residual && !layer.Up ? Math.Sqrt(0.5) : 1);
            x = _bends.Record(x, layer.Latent, layer.Resolution, (int)Channels(layer));
            if (layer.Up)
                continue;
            if (residual)
                x = _b.Add_(shortcut!.Value, x);
            if (synthesis == "skip" || layer.Resolution == _c.Resolution)
                image = ToImage(x, layer, image);
        }
        // The last latent layer steers nothing but colours: a bend of it acts on the picture.
        return _bends.Record(image!.Value, Sg2Layer.Colours(_c.Resolution), _c.Rows(_c.Resolution), _c.Columns(_c.Resolution), 3, ScalarType.Float32);
    }

    private long Channels(Sg2Layer layer) => _c.Model[layer.Prefix + ".weight"].Shape[0];

    private Slot Convolve(Slot x, Sg2Layer layer, double gain)
    {
        Tensor weight = _c.Weight(layer.Prefix + ".weight");
        Tensor squares = weight.Square().Sum([2, 3]);
        Slot styles = Styles(layer.Prefix, layer.Latent);
        Slot demodulation = _b.Rsqrt_(_b.Add_(_b.Matmul(_b.Square(styles), _c.Constant(squares.T().Contiguous())), 1e-8));
        if (_half)
        {
            // Half precision overflows at 65504: both factors are made small, and demodulation gives the size back.
            double shrink = 1 / (weight.Abs().Max().Item() * Math.Sqrt(weight.Numel / weight.Size(0)));
            weight = weight.Mul(shrink);
            Slot largest = _b.Amax(_b.Abs(styles), [1], keepdim: true);
            styles = _b.Div(styles, largest);
            demodulation = _b.Mul(_b.Mul(demodulation, largest), 1 / shrink);
        }
        x = _b.Mul(x, PerChannel(_b.To(styles, _c.Type)));
        if (layer.Up)
        {
            Slot flipped = _c.Constant(weight.Transpose(0, 1).Contiguous(), _c.Type);
            x = _b.Call("aten::conv_transpose2d.input", x, flipped, OpArgument.None, 2L, 0L);
            x = Filter(x, Channels(layer));
        }
        else
        {
            x = _b.Conv2d(x, _c.Constant(weight, _c.Type), padding: 1);
        }
        return Activate(_b.Mul(_b.To(x, ScalarType.Float32), PerChannel(demodulation)), layer, gain);
    }

    // Noise, bias, leaky ReLU times sqrt(2), clamp.
    private Slot Activate(Slot x, Sg2Layer layer, double gain)
    {
        if (_noise.Active)
        {
            double strength = _c.Weight(layer.Prefix + ".noise_strength").Item();
            x = _b.Add_(x, Noise(layer, strength, second: false));
            if (_c.Settings.Noise == Networks.NoiseMode.Driven)
                x = _b.Add_(x, Noise(layer, strength, second: true));
        }
        x = _b.Add_(x, _c.Constant(_c.Weight(layer.Prefix + ".bias").View(1, -1, 1, 1)));
        x = _b.Mul_(_b.LeakyRelu_(x, 0.2), Math.Sqrt(2) * gain);
        if (_clamp is { } clamp)
            x = _b.Clamp_(x, -clamp * gain, clamp * gain);
        return _b.To(x, _c.Type);
    }

    private Slot Noise(Sg2Layer layer, double strength, bool second)
    {
        Tensor map = _noise.Map(layer.Prefix, layer.Latent, layer.Resolution, second).Mul(strength);
        return _b.Mul(_c.Constant(map.View(1, 1, map.Size(0), map.Size(1))), _b.Narrow(_noise.Factors, 0, second ? 1 : 0, 1));
    }

    private Slot ToImage(Slot x, Sg2Layer layer, Slot? image)
    {
        string prefix = layer.Block + ".torgb";
        Tensor weight = _c.Weight(prefix + ".weight");
        Slot styles = _b.Mul(Styles(prefix, layer.Latent + 1), 1 / Math.Sqrt(weight.Size(1)));
        Slot colours = _b.Conv2d(_b.Mul(x, PerChannel(_b.To(styles, _c.Type))), _c.Constant(weight, _c.Type));
        colours = _b.Add(_b.To(colours, ScalarType.Float32), _c.Constant(_c.Weight(prefix + ".bias").View(1, -1, 1, 1)));
        if (_clamp is { } clamp)
            colours = _b.Clamp_(colours, -clamp, clamp);
        return image is { } before ? _b.Add_(Double(before), colours) : colours;
    }

    // The residual path: doubled, then mixed by a 1x1 convolution, times sqrt(1/2).
    private Slot Shortcut(Slot x, Sg2Layer layer)
    {
        Tensor weight = _c.Weight(layer.Block + ".skip.weight");
        weight = weight.Mul(Math.Sqrt(0.5) / Math.Sqrt(weight.Size(1)));
        return _b.Conv2d(DoubleChannels(x, weight.Size(1)), _c.Constant(weight, _c.Type));
    }

    // The style of a layer, [N, C].
    private Slot Styles(string prefix, int latent)
    {
        Tensor weight = _c.Weight(prefix + ".affine.weight");
        return _b.Linear(_c.Latent(latent),
            _c.Constant(weight.Mul(1 / Math.Sqrt(weight.Size(1)))), _c.Constant(_c.Weight(prefix + ".affine.bias")));
    }

    private Slot PerChannel(Slot values) => _b.Reshape(values, _c.Batch, -1, 1, 1);

    // [1, 3, 3, 1] / 4 both ways, on the interleaved picture of a transposed convolution.
    private Slot Filter(Slot x, long channels) =>
        _b.Conv2d(x, _c.Constant(Kernel(channels), _c.Type), padding: 1, groups: channels);

    private Slot Double(Slot image) =>
        _b.Call("aten::conv_transpose2d.input", image, _c.Constant(Kernel(3)), OpArgument.None, 2L, 1L, 0L, 3L);

    private Slot DoubleChannels(Slot x, long channels) =>
        _b.Call("aten::conv_transpose2d.input", x, _c.Constant(Kernel(channels), _c.Type), OpArgument.None, 2L, 1L, 0L, channels);

    private static Tensor Kernel(long channels)
    {
        Tensor row = Tensor.From([0.25f, 0.75f, 0.75f, 0.25f]);
        return row.Outer(row).View(1, 1, 4, 4).Repeat(channels, 1, 1, 1);
    }
}
