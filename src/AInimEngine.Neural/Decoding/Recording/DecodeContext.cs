using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>What every part of a decode's recording needs: the program, the model's arrays, the settings, the inputs' slots.</summary>
internal sealed class DecodeContext(OpProgramBuilder builder, Model model, StyleShape shape, DecodeSettings settings)
{
    public OpProgramBuilder B { get; } = builder;

    public Model Model { get; } = model;

    public StyleShape Shape { get; } = shape;

    public DecodeSettings Settings { get; } = settings;

    /// <summary>W+, [N, layers, w], float32 on the device.</summary>
    public Slot Ws { get; private set; }

    /// <summary>Noise factor, phase, amounts of bends: [2 + bends], float32 on the device.</summary>
    public Slot Controls { get; private set; }

    public long Batch => Settings.Batch;

    /// <summary>Resolution of the square picture that is decoded.</summary>
    public int Resolution => Settings.Resolution ?? Shape.Resolution;

    /// <summary>Type of activations and of the convolutions' weights.</summary>
    public ScalarType Type => Settings.Precision switch
    {
        DecodePrecision.BFloat16 => ScalarType.BFloat16,
        DecodePrecision.Float16 => ScalarType.Float16,
        _ => ScalarType.Float32,
    };

    public int Rows(int resolution) => resolution / 4 * Settings.Rows;

    public int Columns(int resolution) => resolution / 4 * Settings.Columns;

    /// <summary>Declares the program's inputs.</summary>
    public void DeclareInputs()
    {
        Ws = Move(B.Input(ScalarType.Float32, Batch, Shape.Layers, Shape.WDim));
        Controls = Move(B.Input(ScalarType.Float32, StyleDecoder.FixedControls + Settings.Bends.Count));
    }

    /// <summary>An array of the model in float32, owned by the current tensor scope.</summary>
    public Tensor Weight(string name) => ModelTensors.Read(Model[name]);

    /// <summary>An array of the model in float32, or null.</summary>
    public Tensor? Find(string name) => Model.Find(name) is { } array ? ModelTensors.Read(array) : null;

    /// <summary>Makes a constant of a tensor, converted and on the device.</summary>
    public Slot Constant(Tensor tensor, ScalarType type = ScalarType.Float32) => B.Constant(tensor.To(Settings.Device, type));

    /// <summary>w of one latent layer, [N, w].</summary>
    public Slot Latent(int layer) => B.Select(Ws, 1, layer);

    /// <summary>Amount of a bend, [1].</summary>
    public Slot Amount(int bend) => B.Narrow(Controls, 0, StyleDecoder.FixedControls + bend, 1);

    private Slot Move(Slot slot) => Settings.Device.Type == DeviceType.Cpu
        ? slot
        : B.Call("aten::to.device", slot, Settings.Device, ScalarType.Float32);
}
