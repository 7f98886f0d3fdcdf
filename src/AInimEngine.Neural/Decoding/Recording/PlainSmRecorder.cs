using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>
/// SM's synthesis in libtorch's own ops: bilinear up-sampling, convolution with replicated edges, self-modulated batch
/// normalisation from stored statistics (Chen et al. 2019), gated linear unit. Activations [N, C, H, W].
/// </summary>
internal sealed class PlainSmRecorder
{
    private readonly DecodeContext _c;
    private readonly OpProgramBuilder _b;
    private readonly BendInsertion _bends;

    public PlainSmRecorder(DecodeContext context)
    {
        _c = context;
        _b = context.B;
        _bends = new BendInsertion(context);
    }

    /// <summary>Records it.</summary>
    /// <returns>[N, 3, H, W], float32.</returns>
    public Slot Record()
    {
        Slot x = _b.To(Layout(), _c.Type);
        for (int r = 8, i = 1; r <= _c.Resolution; r *= 2, i++)
        {
            x = _b.UpsampleBilinear2d(x, [_c.Rows(r), _c.Columns(r)]);
            x = Convolve(x, $"synthesis.b{r}", 0, 2 * i - 1, r);
            x = Convolve(x, $"synthesis.b{r}", 1, 2 * i, r);
        }
        Slot planes = _b.Conv2d(_b.ReplicationPad2d(x, [1, 1, 1, 1]), _c.Constant(_c.Weight("synthesis.torgb.weight"), _c.Type));
        return _b.Add(_b.To(planes, ScalarType.Float32), _c.Constant(_c.Weight("synthesis.torgb.bias").View(1, -1, 1, 1)));
    }

    /// <summary>The 4x4 layout after its gate, padded to the picture's shape: [N, c4, rows, columns], float32.</summary>
    private Slot Layout()
    {
        Tensor start = _c.Weight("synthesis.const");
        Slot x = _b.Linear(_c.Latent(0), _c.Constant(_c.Weight("synthesis.input.weight")));
        x = _b.Add(_b.View(x, _c.Batch, start.Size(0), 4, 4), _c.Constant(start));
        x = Gate(Normalise(x, "synthesis.norm", 0), start.Size(0) / 2);
        x = _bends.Record(x, 0, 4, 4, (int)start.Size(0) / 2, ScalarType.Float32);
        if (_c.Settings.Rows != 4)
            x = _b.Call("aten::index_select", x, 2L, _b.Constant(Tensor.From(Padding.Reflected(4, _c.Settings.Rows)).To(_c.Settings.Device, ScalarType.Int64)));
        if (_c.Settings.Columns != 4)
            x = _b.Call("aten::index_select", x, 3L, _b.Constant(Tensor.From(Padding.Reflected(4, _c.Settings.Columns)).To(_c.Settings.Device, ScalarType.Int64)));
        return x;
    }

    private Slot Convolve(Slot x, string block, int index, int latent, int resolution)
    {
        Tensor weight = _c.Weight($"{block}.conv{index}.weight");
        x = _b.Conv2d(_b.ReplicationPad2d(x, [1, 1, 1, 1]), _c.Constant(weight, _c.Type));
        x = Gate(Normalise(_b.To(x, ScalarType.Float32), $"{block}.norm{index}", latent), weight.Size(0) / 2);
        return _bends.Record(_b.To(x, _c.Type), latent, resolution, (int)weight.Size(0) / 2);
    }

    // (x - mean) / sqrt(var + eps) * gamma + beta.
    private Slot Normalise(Slot x, string prefix, int latent)
    {
        Tensor scale = _c.Weight(prefix + ".running_var").Add(1e-5).Rsqrt();
        Tensor mean = _c.Weight(prefix + ".running_mean");
        long channels = mean.Size(0);
        x = _b.Mul(_b.Sub(x, _c.Constant(mean.View(1, -1, 1, 1))), _c.Constant(scale.View(1, -1, 1, 1)));
        Slot styles = _b.Linear(_c.Latent(latent), _c.Constant(_c.Weight(prefix + ".affine.weight")), _c.Constant(_c.Weight(prefix + ".affine.bias")));
        styles = _b.Reshape(styles, _c.Batch, 2 * channels, 1, 1);
        return _b.Add_(_b.Mul(x, _b.Narrow(styles, 1, 0, channels)), _b.Narrow(styles, 1, channels, channels));
    }

    private Slot Gate(Slot x, long half) => _b.Mul(_b.Narrow(x, 1, 0, half), _b.Sigmoid(_b.Narrow(x, 1, half, half)));
}
