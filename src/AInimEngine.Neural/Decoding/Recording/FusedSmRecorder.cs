using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>
/// SM's synthesis by the CPU's fused ops. Stored statistics are folded into the styles' maps, so a layer is a convolution,
/// one scale and shift and the gate. Bilinear up-sampling and convolution commute: the convolution is taken on the small
/// picture as a transposed one, with a quarter of the products, and the bilinear filter [1, 3, 3, 1] / 4 on its result; edges
/// replicated on the small picture give, exactly, those replicated on the large one.
/// </summary>
internal sealed class FusedSmRecorder
{
    private readonly DecodeContext _c;
    private readonly OpProgramBuilder _b;
    private readonly BendInsertion _bends;
    private readonly StyleTable _styles;

    public FusedSmRecorder(DecodeContext context)
    {
        _c = context;
        _b = context.B;
        _bends = new BendInsertion(context);
        _styles = new StyleTable(context);
    }

    /// <summary>Records it.</summary>
    /// <returns>[N, 3, H, W], float32.</returns>
    public Slot Record()
    {
        Tensor start = _c.Weight("synthesis.const");
        int layout = _styles.Add(0, _c.Weight("synthesis.input.weight").Data<float>(), start.Data<float>());
        (int Scale, int Shift) first = AddNorm("synthesis.norm", 0, gated: false);
        var norms = new List<(int Scale, int Shift)>();
        for (int r = 8, i = 1; r <= _c.Resolution; r *= 2, i++)
        {
            norms.Add(AddNorm($"synthesis.b{r}.norm0", 2 * i - 1, gated: true));
            norms.Add(AddNorm($"synthesis.b{r}.norm1", 2 * i, gated: true));
        }
        _styles.Record();
        Slot x = _b.Call("ainim::border", Layout(layout, first, (int)start.Size(0)), OpArgument.None, true, _c.Type);
        for (int r = 8, i = 0; r <= _c.Resolution; r *= 2, i += 2)
        {
            x = Layer(x, $"synthesis.b{r}.conv0.weight", norms[i], i + 1, r, up: true);
            x = Layer(x, $"synthesis.b{r}.conv1.weight", norms[i + 1], i + 2, r, up: false);
        }
        Tensor weight = _c.Weight("synthesis.torgb.weight");
        return _b.Call("ainim::planes", x, Torch.Call("ainim::pack", weight, false, false, false, _c.Type), weight.Size(1), _c.Weight("synthesis.torgb.bias"));
    }

    // gamma (x - mean) / deviation + beta as scale and shift, both linear in w. The halves of a gated unit are padded apart.
    private (int Scale, int Shift) AddNorm(string prefix, int latent, bool gated)
    {
        Tensor inverse = _c.Weight(prefix + ".running_var").Add(1e-5).Rsqrt();
        Tensor weight = _c.Weight(prefix + ".affine.weight"), bias = _c.Weight(prefix + ".affine.bias");
        long channels = inverse.Size(0);
        Tensor scaleWeight = weight.Narrow(0, 0, channels).Mul(inverse.View(-1, 1));
        Tensor scaleBias = bias.Narrow(0, 0, channels).Mul(inverse);
        Tensor mean = _c.Weight(prefix + ".running_mean");
        Tensor shiftWeight = weight.Narrow(0, channels, channels).Sub(scaleWeight.Mul(mean.View(-1, 1)));
        Tensor shiftBias = bias.Narrow(0, channels, channels).Sub(scaleBias.Mul(mean));
        return (Add(scaleWeight, scaleBias), Add(shiftWeight, shiftBias));

        int Add(Tensor rows, Tensor offsets)
        {
            if (!gated)
                return _styles.Add(latent, rows.Data<float>(), offsets.Data<float>());
            int at = 0;
            for (int half = 1; half >= 0; half--)
            {
                long begin = (1 - half) * channels / 2;
                int added = _styles.Add(latent, rows.Narrow(0, begin, channels / 2).Data<float>(), offsets.Narrow(0, begin, channels / 2).Data<float>());
                at = half == 1 ? added : at;
            }
            return at;
        }
    }

    // The 4x4 layout after its gate, padded to the picture's shape: [N, c4, rows, columns].
    private Slot Layout(int offset, (int Scale, int Shift) norm, int channels)
    {
        Slot x = _b.Reshape(_styles.Slice(offset, channels * 16), _c.Batch, channels, 4, 4);
        x = _b.Mul(x, _b.Reshape(_styles.Slice(norm.Scale, channels), _c.Batch, channels, 1, 1));
        x = _b.Add_(x, _b.Reshape(_styles.Slice(norm.Shift, channels), _c.Batch, channels, 1, 1));
        x = _b.Mul(_b.Narrow(x, 1, 0, channels / 2), _b.Sigmoid(_b.Narrow(x, 1, channels / 2, channels / 2)));
        x = _bends.Record(x, 0, 4, 4, channels / 2, ScalarType.Float32);
        if (_c.Settings.Rows != 4)
            x = _b.Call("aten::index_select", x, 2L, Tensor.From(Padding.Reflected(4, _c.Settings.Rows)));
        return _c.Settings.Columns == 4 ? x : _b.Call("aten::index_select", x, 3L, Tensor.From(Padding.Reflected(4, _c.Settings.Columns)));
    }

    private Slot Layer(Slot x, string name, (int Scale, int Shift) norm, int latent, int resolution, bool up)
    {
        Tensor weight = _c.Weight(name);
        if (up)
            weight = weight.Flip(2, 3);
        int outputs = (int)weight.Size(0), padded = 2 * StyleTable.Padded(outputs / 2);
        Slot y = _b.CallAll("ainim::conv", x, Fused.Pack(_c, weight, resolution, up, true), weight.Size(1), outputs, up, Fused.Gated, true,
            _styles.Slice(norm.Scale, padded), _styles.Slice(norm.Shift, padded),
            OpArgument.None, OpArgument.None, OpArgument.None, 0.0, double.PositiveInfinity, OpArgument.None, OpArgument.None, OpArgument.None, true)[0];
        if (!_bends.At(latent))
            return y;
        Slot free = _bends.Record(Fused.Free(_c, y, outputs / 2, resolution), latent, resolution, outputs / 2, MemoryFormat.ChannelsLast);
        return _b.Call("ainim::border", free, OpArgument.None, true, _c.Type);
    }
}
