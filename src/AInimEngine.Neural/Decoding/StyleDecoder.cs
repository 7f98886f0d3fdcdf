using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding;

/// <summary>
/// A model's synthesis network as one op program: W+ in, picture out, one native call a picture, nothing allocated. The
/// same model, settings, inputs and number of torch threads give the same bits on one machine. One thread at a time.
/// </summary>
public sealed unsafe class StyleDecoder : IDisposable
{
    /// <summary>Controls before the amounts of bends: noise strength factor and phase of driven noise.</summary>
    public const int FixedControls = 2;

    private readonly OpProgram _program;
    private readonly int _latents, _controls, _values;
    private float* _planes;

    private StyleDecoder(Model model, DecodeSettings settings, StyleShape shape, DecodeForm form, OpProgram program)
    {
        Model = model;
        Settings = settings;
        Shape = shape;
        Form = form;
        _program = program;
        _latents = settings.Batch * shape.Layers * shape.WDim;
        _controls = FixedControls + settings.Bends.Count;
        _values = settings.Batch * 3 * Width * Height;
        _planes = (float*)NativeMemory.AlignedAlloc((nuint)_values * sizeof(float), 64);
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>How it decodes.</summary>
    public DecodeSettings Settings { get; }

    /// <summary>The network's sizes.</summary>
    public StyleShape Shape { get; }

    /// <summary>By which ops it decodes.</summary>
    public DecodeForm Form { get; }

    /// <summary>Width of the pictures: resolution / 4 * columns.</summary>
    public int Width => (Settings.Resolution ?? Shape.Resolution) / 4 * Settings.Columns;

    /// <summary>Height of the pictures: resolution / 4 * rows.</summary>
    public int Height => (Settings.Resolution ?? Shape.Resolution) / 4 * Settings.Rows;

    /// <summary>The instruction set that decodes on this processor: "plain", "avx2", "avx512" or "avx512 bf16".</summary>
    public static string Kernels => s_kernels[(int)new TorchOp("ainim::style_level").CallNumber(-1)];

    /// <summary>
    /// Torch threads that a decoder makes use of: every processor, up to eight. Any number gives the same bits, and one
    /// thread is no slower than its share. Set <see cref="Torch.NumThreads"/> before the first picture.
    /// </summary>
    public static int PreferredThreads => Math.Clamp(Environment.ProcessorCount, 1, 8);

    private static readonly string[] s_kernels = ["plain", "avx2", "avx512", "avx512 bf16"];

    /// <summary>Prepares weights and records the program.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="settings">How it is decoded.</param>
    /// <exception cref="AInimException">The model cannot be decoded in this way, or libtorch is missing.</exception>
    public static StyleDecoder Create(Model model, DecodeSettings settings) => Create(model, settings, DecodeForm.Fastest);

    /// <summary>Prepares weights and records the program in a form of the caller's choice: for measurements and tests.</summary>
    /// <inheritdoc cref="Create(Model, DecodeSettings)"/>
    public static StyleDecoder Create(Model model, DecodeSettings settings, DecodeForm form)
    {
        StyleShape shape = StyleShapes.Of(model.Card);
        DecodeCheck.All(model, shape, settings);
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using var builder = new OpProgramBuilder();
        var context = new DecodeContext(builder, model, shape, settings);
        context.DeclareInputs();
        builder.Output(DecodeRecorders.Record(context, form));
        return new StyleDecoder(model, settings, shape, form, builder.Build());
    }

    /// <summary>Decodes planes, values as the network gives them (about -1..1).</summary>
    /// <param name="ws">[batch, layers, w_dim].</param>
    /// <param name="controls">Noise strength factor (1 as trained), phase of driven noise in turns, then the amount of every bend.</param>
    /// <param name="planes">[batch, 3, H, W], overwritten.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Decode(ReadOnlySpan<float> ws, ReadOnlySpan<float> controls, Span<float> planes)
    {
        if (planes.Length != _values)
            throw new ArgumentException($"planes take {_values} values, not {planes.Length}", nameof(planes));
        fixed (float* data = planes)
            Run(ws, controls, data);
    }

    /// <summary>Decodes the middle of one picture (batch 1) as sRGB 0..1.</summary>
    /// <param name="ws">[1, layers, w_dim].</param>
    /// <param name="controls">As above.</param>
    /// <param name="output">At most <see cref="Width"/> by <see cref="Height"/>, any format; the middle of the decoded picture.</param>
    /// <exception cref="ArgumentException">A length is wrong, or the picture is too large.</exception>
    public void Decode(ReadOnlySpan<float> ws, ReadOnlySpan<float> controls, Image output)
    {
        if (Settings.Batch != 1)
            throw new InvalidOperationException($"a decoder of {Settings.Batch} pictures at once writes planes, not a picture");
        if (output.Width > Width || output.Height > Height)
            throw new ArgumentException($"{output} is larger than the {Width}x{Height} that are decoded", nameof(output));
        Run(ws, controls, _planes);
        PictureWriter.Write(_planes, Width, Height, output);
    }

    /// <summary>Lets the program and its weights go.</summary>
    public void Dispose()
    {
        _program.Dispose();
        NativeMemory.AlignedFree(_planes);
        _planes = null;
    }

    private void Run(ReadOnlySpan<float> ws, ReadOnlySpan<float> controls, float* planes)
    {
        ObjectDisposedException.ThrowIf(_planes is null, this);
        if (ws.Length != _latents)
            throw new ArgumentException($"w takes {_latents} values, not {ws.Length}", nameof(ws));
        if (controls.Length != _controls)
            throw new ArgumentException($"controls are {_controls} values, not {controls.Length}", nameof(controls));
        fixed (float* latents = ws, amounts = controls)
        {
            _program.Run(
                [ProgramBuffer.Memory(latents, _latents), ProgramBuffer.Memory(amounts, _controls)],
                [ProgramBuffer.Memory(planes, _values)]);
        }
    }
}
