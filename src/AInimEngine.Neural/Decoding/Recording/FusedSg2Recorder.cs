using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>
/// SG2's synthesis ('skip' and 'orig') by the CPU's fused ops. Weights are packed once and never change: styles multiply
/// what goes into a convolution, which the one before does when it writes; demodulation, noise, bias, activation and
/// colours are done on the sums while they are in registers. Activations [N, H + 2, W + 2, C], see native/style_kernels.h.
/// </summary>
internal sealed class FusedSg2Recorder
{
    private readonly DecodeContext _c;
    private readonly OpProgramBuilder _b;
    private readonly NoiseRecorder _noise;
    private readonly BendInsertion _bends;
    private readonly StyleTable _styles;
    private readonly DemodulationTable _demodulation;
    private readonly IReadOnlyList<Sg2Layer> _layers;
    private readonly double _clamp;

    public FusedSg2Recorder(DecodeContext context)
    {
        _c = context;
        _b = context.B;
        _noise = new NoiseRecorder(context);
        _bends = new BendInsertion(context);
        _styles = new StyleTable(context);
        _demodulation = new DemodulationTable();
        _layers = Sg2Layer.All(context.Resolution);
        _clamp = context.Model.Card.ConvClamp ?? double.PositiveInfinity;
    }

    /// <summary>Records it.</summary>
    /// <returns>[N, 3, H, W], float32.</returns>
    public Slot Record()
    {
        var styles = new int[_layers.Count];
        var colours = new int[_layers.Count];
        var scales = new int[_layers.Count];
        for (int i = 0; i < styles.Length; i++)
        {
            styles[i] = AddStyles(_layers[i].Prefix, _layers[i].Latent, 1);
            scales[i] = _demodulation.Add(_c.Weight(_layers[i].Prefix + ".weight"), styles[i]);
            if (HasColours(_layers[i]))
                colours[i] = AddStyles(_layers[i].Block + ".torgb", _layers[i].Latent + 1, 1 / Math.Sqrt(Outputs(_layers[i])));
        }
        Slot demodulation = _demodulation.Record(_b, _styles.Record(), Math.Sqrt(2));

        Tensor start = Padding.Reflect(_c.Weight("synthesis.b4.const"), _c.Settings.Rows, _c.Settings.Columns);
        Slot x = _b.Expand(_b.Constant(start), _c.Batch, -1, -1, -1);
        x = _b.Call("ainim::border", x, Styles(0), false, _c.Type);
        Slot? image = null;
        for (int i = 0; i < styles.Length; i++)
        {
            Slot scale = _b.Narrow(demodulation, 1, scales[i], StyleTable.Padded(Outputs(_layers[i])));
            Slot? next = i + 1 < styles.Length ? Styles(i + 1) : null;
            Slot? colourStyle = HasColours(_layers[i]) ? _styles.Slice(colours[i], Outputs(_layers[i])) : null;
            image = Layer(ref x, _layers[i], scale, next, colourStyle, image);
        }
        return _bends.Record(image!.Value, Sg2Layer.Colours(_c.Resolution), _c.Rows(_c.Resolution), _c.Columns(_c.Resolution), 3, ScalarType.Float32);

        Slot Styles(int i) => _styles.Slice(styles[i], StyleTable.Padded((int)_c.Model[_layers[i].Prefix + ".weight"].Shape[1]));
    }

    private int Outputs(Sg2Layer layer) => (int)_c.Model[layer.Prefix + ".weight"].Shape[0];

    private bool HasColours(Sg2Layer layer) =>
        !layer.Up && (_c.Model.Card.Synthesis == "skip" || layer.Resolution == _c.Resolution);

    private int AddStyles(string prefix, int latent, double gain)
    {
        Tensor weight = _c.Weight(prefix + ".affine.weight");
        return _styles.Add(latent, weight.Mul(gain / Math.Sqrt(weight.Size(1))).Data<float>(), _c.Weight(prefix + ".affine.bias").Mul(gain).Data<float>());
    }

    // One convolution; returns the picture so far.
    private Slot? Layer(ref Slot x, Sg2Layer layer, Slot scale, Slot? next, Slot? colourStyle, Slot? image)
    {
        Tensor weight = _c.Weight(layer.Prefix + ".weight");
        int outputs = Outputs(layer), inputs = (int)weight.Size(1);
        bool bent = _bends.At(layer.Latent);
        bool fusedColours = colourStyle is not null && !bent;
        Tensor bias = Torch.Zeros([1, StyleTable.Padded(outputs)]);
        bias.Narrow(1, 0, outputs).Add_(_c.Weight(layer.Prefix + ".bias").Mul(Math.Sqrt(2)));
        double strength = _noise.Active ? _c.Weight(layer.Prefix + ".noise_strength").Item() * Math.Sqrt(2) : 0;
        Slot[] results = _b.CallAll("ainim::conv", x, Fused.Pack(_c, weight, layer.Resolution, layer.Up, false), inputs, outputs, layer.Up, Fused.Leaky, false,
            scale, bias, Noise(layer, false), Noise(layer, true), _noise.Active ? _noise.Factors : OpArgument.None, strength, _clamp,
            bent || next is null ? OpArgument.None : next.Value,
            fusedColours ? ColourWeights(layer) : OpArgument.None,
            fusedColours ? colourStyle!.Value : OpArgument.None,
            bent || next is not null);
        (x, Slot colours) = (results[0], results[1]);
        if (bent)
        {
            Slot free = _bends.Record(Fused.Free(_c, x, outputs, layer.Resolution), layer.Latent, layer.Resolution, outputs, MemoryFormat.ChannelsLast);
            if (colourStyle is { } style)
            {
                Slot styled = _b.Mul(_b.To(free, ScalarType.Float32), _b.Reshape(style, _c.Batch, outputs, 1, 1));
                colours = _b.Contiguous(_b.Conv2d(styled, _b.Constant(_c.Weight(layer.Block + ".torgb.weight"))));
            }
            if (next is { } factors)
                x = _b.Call("ainim::border", free, factors, false, _c.Type);
        }
        if (colourStyle is null)
            return image;
        return _b.Call("ainim::image", image is { } before ? before : OpArgument.None, colours, _c.Weight(layer.Block + ".torgb.bias"), _clamp);
    }

    private Tensor ColourWeights(Sg2Layer layer) => _c.Weight(layer.Block + ".torgb.weight").View(3, -1);

    private OpArgument Noise(Sg2Layer layer, bool second)
    {
        if (!_noise.Active || (second && _c.Settings.Noise != NoiseMode.Driven))
            return OpArgument.None;
        return _noise.Map(layer.Prefix, layer.Latent, layer.Resolution, second).Contiguous();
    }
}
