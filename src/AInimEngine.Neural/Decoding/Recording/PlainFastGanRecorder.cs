using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>
/// FastGAN's synthesis (Liu et al. 2021) in libtorch's own ops, for playing: normalisation folded into the convolutions'
/// weights. Activations [N, C, H, W].
/// </summary>
internal sealed class PlainFastGanRecorder
{
    private readonly DecodeContext _c;
    private readonly OpProgramBuilder _b;
    private readonly NoiseRecorder _noise;
    private readonly BendInsertion _bends;

    public PlainFastGanRecorder(DecodeContext context)
    {
        _c = context;
        _b = context.B;
        _noise = new NoiseRecorder(context);
        _bends = new BendInsertion(context);
    }

    /// <summary>Records it.</summary>
    /// <returns>[N, 3, H, W], float32.</returns>
    public Slot Record()
    {
        List<Slot> features = [_b.To(Layout(), _c.Type)];
        for (int r = 8, i = 1; r <= _c.Resolution; r *= 2, i++)
        {
            Slot x = _b.UpsampleNearest2d(features[^1], [_c.Rows(r), _c.Columns(r)]);
            if (i % 2 == 0)
            {
                x = Convolve(x, $"feat_{r}.1", $"feat_{r}.2", null, 0, r);
            }
            else
            {
                x = Convolve(x, $"feat_{r}.1", $"feat_{r}.3", $"feat_{r}.2", 2 * i - 1, r);
                x = Convolve(x, $"feat_{r}.5", $"feat_{r}.7", $"feat_{r}.6", 2 * i, r);
            }
            // Skip-layer excitation: 4 to 64, 8 to 128, 16 to 256, 32 to 512.
            if (i is >= 4 and < 8)
                x = _b.Mul(x, Excitation(features[i - 4], $"se_{r}"));
            features.Add(x);
        }
        Slot image = _b.To(_b.Conv2d(features[^1], _c.Constant(_c.Weight("to_big.weight"), _c.Type), padding: 1), ScalarType.Float32);
        return _c.Resolution == 1024 ? _b.Tanh(image) : image;
    }

    // From z, gated and padded to the picture's shape: [N, c4, rows, columns], float32.
    private Slot Layout()
    {
        (Tensor scale, Tensor shift) = Norm("init.init.1");
        long channels = scale.Size(0);
        Tensor weight = _c.Weight("init.init.0.weight").Mul(scale.View(1, -1, 1, 1)).Flatten(1);
        Slot x = _b.View(_b.Matmul(_c.Latent(0), _c.Constant(weight)), _c.Batch, channels, 4, 4);
        x = _b.Call("aten::glu", _b.Add_(x, _c.Constant(shift.View(1, -1, 1, 1))), 1L);
        x = _bends.Record(x, 0, 4, 4, (int)channels / 2, ScalarType.Float32);
        if (_c.Settings.Rows != 4)
            x = Reflect(x, 2, _c.Settings.Rows);
        return _c.Settings.Columns == 4 ? x : Reflect(x, 3, _c.Settings.Columns);
    }

    private Slot Reflect(Slot x, long dim, int size) => _b.Call("aten::index_select", x, dim,
        _c.Constant(Tensor.From(Padding.Reflected(4, size)), ScalarType.Int64));

    // Convolution, noise, normalisation, gate.
    private Slot Convolve(Slot x, string convolution, string norm, string? strength, int layer, int resolution)
    {
        (Tensor scale, Tensor shift) = Norm(norm);
        Tensor weight = _c.Weight(convolution + ".weight").Mul(scale.View(-1, 1, 1, 1));
        x = _b.To(_b.Conv2d(x, _c.Constant(weight, _c.Type), padding: 1), ScalarType.Float32);
        if (strength is not null && _noise.Active)
        {
            Tensor factor = _c.Weight(strength + ".weight").Mul(scale).View(1, -1, 1, 1);
            x = _b.Add_(x, Noise(factor, layer, resolution, second: false));
            if (_c.Settings.Noise == NoiseMode.Driven)
                x = _b.Add_(x, Noise(factor, layer, resolution, second: true));
        }
        x = _b.Add_(x, _c.Constant(shift.View(1, -1, 1, 1)));
        return _b.To(_b.Call("aten::glu", x, 1L), _c.Type);
    }

    private Slot Noise(Tensor factor, int layer, int resolution, bool second)
    {
        Tensor map = _noise.Map("", layer, resolution, second);
        Slot scaled = _b.Mul(_c.Constant(map.View(1, 1, map.Size(0), map.Size(1))), _b.Narrow(_noise.Factors, 0, second ? 1 : 0, 1));
        return _b.Mul(scaled, _c.Constant(factor));
    }

    private Slot Excitation(Slot small, string name)
    {
        Slot gate = _b.Conv2d(_b.AdaptiveAvgPool2d(small, [4, 4]), _c.Constant(_c.Weight(name + ".main.1.weight"), _c.Type));
        gate = _b.Conv2d(_b.Call("aten::silu", gate), _c.Constant(_c.Weight(name + ".main.3.weight"), _c.Type));
        return _b.Sigmoid(gate);
    }

    private (Tensor Scale, Tensor Shift) Norm(string name)
    {
        Tensor scale = _c.Weight(name + ".running_var").Add(1e-5).Rsqrt().Mul(_c.Weight(name + ".weight"));
        return (scale, _c.Weight(name + ".bias").Sub(_c.Weight(name + ".running_mean").Mul(scale)));
    }
}
