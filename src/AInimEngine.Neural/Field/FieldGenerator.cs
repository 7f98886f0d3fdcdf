using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;
using static AInimEngine.Neural.Field.FieldShape;

namespace AInimEngine.Neural.Field;

/// <summary>
/// The embedded generator: needs no weights file, any number is a universe, any aspect ratio, smooth in its latents.
/// Coarse latents move layout and flow, mid ones forms, fine ones contours, detail and colour.
/// Pictures are sRGB, 0 to about 1.3 where light is emitted, as <see cref="PixelFormat.Rgba16F"/>,
/// <see cref="PixelFormat.Rgba8"/> or <see cref="PixelFormat.PlanarRgbF32"/>.
/// The same settings, latents and number of torch threads give the same bits on one machine.
/// </summary>
public sealed class FieldGenerator : IGenerator
{
    private const ulong SampleStream = 1000, ResponseStream = 6000;
    private readonly FieldUniverse _universe;
    private readonly int[] _offsets = new int[FieldControls.Fields.Count];
    private FieldPicture? _picture;
    private FrameLayout? _layout;
    private bool _disposed;

    private FieldGenerator(FieldUniverse universe) => _universe = universe;

    /// <inheritdoc/>
    public string Name => $"field, universe {_universe.Number}";

    /// <summary>How it is drawn, mostly.</summary>
    public FieldStyle Style => _universe.Style;

    /// <summary>Its colours.</summary>
    public FieldPalette Palette => _universe.Palette;

    /// <inheritdoc/>
    public LatentLayout Latents { get; private set; } = null!;

    /// <inheritdoc/>
    public IReadOnlyList<FrameField> Inputs => FieldControls.Fields;

    /// <summary>Draws a universe's weights, calibrates and measures it (0.1 s of one core), and prepares the size asked for.</summary>
    /// <exception cref="AInimException">There is no such palette, or libtorch is missing.</exception>
    public static FieldGenerator Create(FieldSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Height, 2);
        FieldPalette? palette = null;
        if (settings.Palette is { } name && (palette = FieldPalette.Find(name)) is null)
        {
            throw new AInimException(ExitCode.Usage,
                $"no field palette '{name}'. Choose one of: {string.Join(", ", FieldPalette.All.Select(p => p.Name))}.");
        }
        var universe = new FieldUniverse(settings.Universe, settings.Style, palette);
        float[][] pool = FieldCalibration.Pool(universe);
        FieldCalibration.Network(universe, pool);
        var generator = new FieldGenerator(universe);
        using (FieldPicture small = FieldCalibration.SmallPicture(universe))
        {
            FieldCalibration.Picture(universe, pool, small);
            generator.Latents = new LatentLayout(LatentLayers, LatentWidth,
                [new("coarse", 0, 2), new("mid", 2, 2), new("fine", 4, 2)], Responses(universe, pool, small));
        }
        generator._picture = new FieldPicture(universe, settings.Width, settings.Height);
        return generator;
    }

    /// <summary>The inputs of every field generator, known without making one.</summary>
    public static IReadOnlyList<FrameField> InputFields => FieldControls.Fields;

    /// <summary>Defaults of <see cref="InputFields"/> but the latent; the symmetry's depends on the universe and stands here as 0.</summary>
    public static ReadOnlySpan<float> InputDefaults => s_defaults;

    private static readonly float[] s_defaults = [1, 0, 1, 0, 1, 1, 0, 0, .. new float[FieldControls.ChromaLength]];

    /// <inheritdoc/>
    public void DefaultInputs(Span<float> values)
    {
        s_defaults.CopyTo(values);
        values[3] = (float)_universe.Symmetry;
    }

    /// <inheritdoc/>
    public void Sample(ulong seed, Span<float> latent) =>
        Philox.Normal(Philox.Hash(_universe.Number, SampleStream, seed), SampleStream, latent[..Latents.Size]);

    /// <inheritdoc/>
    public void Decode(ControlFrame frame, ReadOnlySpan<Image> guides, Image output)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!ReferenceEquals(frame.Layout, _layout))
        {
            for (int i = 0; i < _offsets.Length; i++)
                _offsets[i] = frame.Layout.OffsetOf(FieldControls.Fields[i].Name);
            _layout = frame.Layout;
        }
        if (_picture is null || _picture.Width != output.Width || _picture.Height != output.Height)
        {
            _picture?.Dispose();
            _picture = null;
            _picture = new FieldPicture(_universe, output.Width, output.Height);
        }
        ReadOnlySpan<float> latent = frame.Values.AsSpan(_offsets[0], Latents.Size);
        _picture.Draw(latent, FieldControls.Read(frame.Values, _offsets.AsSpan(1)), output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _picture?.Dispose();
        _picture = null;
    }

    // Root-mean-square change of small pictures per unit step, in a random direction within each layer.
    private static float[] Responses(FieldUniverse universe, float[][] pool, FieldPicture picture)
    {
        const float Step = 0.05f;
        FieldControls controls = FieldControls.Default(universe.Symmetry);
        var squares = new double[LatentLayers];
        var here = new float[picture.Planes.Length];
        var moved = new float[LatentLayers * LatentWidth];
        var direction = new float[LatentWidth];
        for (int p = 0; p < pool.Length; p++)
        {
            picture.Draw(pool[p], controls);
            picture.Planes.CopyTo(here);
            for (int layer = 0; layer < LatentLayers; layer++)
            {
                Philox.Normal(universe.Number, ResponseStream + (ulong)(p * LatentLayers + layer), direction);
                double length = 0;
                foreach (float value in direction)
                    length += value * value;
                pool[p].CopyTo(moved, 0);
                for (int i = 0; i < LatentWidth; i++)
                    moved[layer * LatentWidth + i] += (float)(direction[i] / Math.Sqrt(length) * Step);
                picture.Draw(moved, controls);
                ReadOnlySpan<float> there = picture.Planes;
                double sum = 0;
                for (int i = 0; i < here.Length; i++)
                    sum += (there[i] - here[i]) * (double)(there[i] - here[i]);
                squares[layer] += sum / here.Length / pool.Length;
            }
        }
        var responses = new float[LatentLayers];
        for (int layer = 0; layer < LatentLayers; layer++)
            responses[layer] = (float)(Math.Sqrt(squares[layer]) / Step);
        return responses;
    }
}
