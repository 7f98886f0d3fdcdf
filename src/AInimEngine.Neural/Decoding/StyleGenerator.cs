using System.Numerics.Tensors;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Decoding.Bends;
using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Decoding;

/// <summary>
/// Plays a model: latents are W+ as its mapping network gives them, truncated about its mean; noise and bends are inputs.
/// Pictures of any size and shape: the network's constant is padded to the shape and the middle is cut out; sizes other
/// than the network's own are resampled. The same settings, controls and number of torch threads give the same bits on one
/// machine. One thread at a time; no allocation a frame.
/// </summary>
public sealed class StyleGenerator : IGenerator
{
    private readonly Model _model;
    private readonly StyleGeneratorSettings _settings;
    private readonly StylePrior _prior;
    private readonly float[] _defaults, _ws, _controls;
    private readonly int[] _offsets;
    private readonly int _cutoff;
    private FrameLayout? _layout;
    private StyleDecoder? _decoder;
    private PictureResampler? _resampler;
    private StylePicture _picture;
    private bool _disposed;

    private StyleGenerator(Model model, StyleGeneratorSettings settings, StyleDecoder decoder, LatentLayout latents)
    {
        _model = model;
        _settings = settings;
        _decoder = decoder;
        _picture = StylePicture.For(settings.Resolution, settings.Width, settings.Height);
        _prior = new StylePrior(model, settings.Class);
        _cutoff = Math.Clamp(settings.Cutoff ?? latents.Layers, 0, latents.Layers);
        Latents = latents;
        Inputs = StyleControls.Of(latents.Size, settings.Bends);
        _defaults = [.. StyleControls.Defaults, .. settings.Bends.Select(bend => bend.Amount)];
        _offsets = new int[Inputs.Count];
        _ws = new float[latents.Size];
        _controls = new float[StyleDecoder.FixedControls + settings.Bends.Count];
        Hash = ModelHash.Of(model);
        Name = $"{model.Card.Name}, {ArchitectureName.Of(model.Card.Architecture)} {model.Card.Resolution}" + (settings.Resolution < model.Card.Resolution ? $" at {settings.Resolution}" : "");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Names the model by its arrays; see <see cref="ModelHash"/>.</summary>
    public string Hash { get; }

    /// <summary>What it plays.</summary>
    public ModelCard Card => _model.Card;

    /// <summary>How it plays.</summary>
    public StyleGeneratorSettings Settings => _settings;

    /// <summary>The picture as the network decodes it, before it is resampled to other sizes.</summary>
    public StylePicture Picture => _picture;

    /// <inheritdoc/>
    public LatentLayout Latents { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FrameField> Inputs { get; }

    /// <summary>
    /// Prepares a model for one size of picture. Unless its card says how the picture answers to the latents, or a file in the
    /// cache folder does, that is measured: some seconds for the largest.
    /// </summary>
    /// <param name="model">A checked model.</param>
    /// <param name="settings">How it is played.</param>
    /// <exception cref="AInimException">The model cannot be played so, or libtorch is missing.</exception>
    public static StyleGenerator Create(Model model, StyleGeneratorSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Height, 2);
        StylePicture picture = StylePicture.For(settings.Resolution, settings.Width, settings.Height);
        StyleDecoder decoder = Decoder(model, settings, picture);
        try
        {
            StyleShape shape = decoder.Shape;
            BendCheck.All(settings.Bends, shape.Layers);
            IReadOnlyList<float> responses = StyleResponses.Of(model, shape, settings);
            return new StyleGenerator(model, settings, decoder, new LatentLayout(shape.Layers, shape.WDim, shape.Groups(), responses));
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <summary>The latent groups of a model, known without making it.</summary>
    public static IReadOnlyList<LatentGroup> GroupsOf(ModelCard card) => StyleShapes.Of(card).Groups();

    /// <inheritdoc/>
    public void DefaultInputs(Span<float> values) => _defaults.CopyTo(values);

    /// <inheritdoc/>
    public void Sample(ulong seed, Span<float> latent)
    {
        int width = Latents.Width;
        _prior.Sample(seed, latent[..width]);
        for (int layer = 1; layer < Latents.Layers; layer++)
            latent[..width].CopyTo(latent.Slice(layer * width, width));
    }

    /// <inheritdoc/>
    public void Decode(ControlFrame frame, ReadOnlySpan<Image> guides, Image output)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!ReferenceEquals(frame.Layout, _layout))
        {
            for (int i = 0; i < _offsets.Length; i++)
                _offsets[i] = frame.Layout.OffsetOf(Inputs[i].Name);
            _layout = frame.Layout;
        }
        Prepare(output);
        ReadOnlySpan<float> values = frame.Values;
        Truncate(values.Slice(_offsets[0], _ws.Length), Within(values[_offsets[1]], -1, 2));
        _controls[0] = Within(values[_offsets[2]], 0, 2);
        _controls[1] = Within(values[_offsets[3]], -1e3f, 1e3f);
        for (int i = StyleDecoder.FixedControls; i < _controls.Length; i++)
            _controls[i] = Within(values[_offsets[i + 2]], -StyleControls.MaxBend, StyleControls.MaxBend);
        if (_resampler is null)
        {
            _decoder!.Decode(_ws, _controls, output);
            return;
        }
        _decoder!.Decode(_ws, _controls, _resampler.Source);
        _resampler.Write(output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _decoder?.Dispose();
        _decoder = null;
        _resampler?.Dispose();
        _resampler = null;
    }

    private static StyleDecoder Decoder(Model model, StyleGeneratorSettings settings, StylePicture picture) =>
        StyleDecoder.Create(model, settings.ToDecode(model.Card, picture));

    // Only a picture of another size than the last one's costs anything here.
    private void Prepare(Image output)
    {
        bool direct = _resampler is null ? output.Width == _picture.Width && output.Height == _picture.Height : _resampler.Fits(output);
        if (direct && _decoder is not null)
            return;
        StylePicture picture = StylePicture.For(_settings.Resolution, output.Width, output.Height);
        if (_decoder is null || picture.Columns != _picture.Columns || picture.Rows != _picture.Rows)
        {
            _decoder?.Dispose();
            _decoder = null;
            _decoder = Decoder(_model, _settings, picture);
        }
        _picture = picture;
        _resampler?.Dispose();
        _resampler = null;
        if (output.Width != picture.Width || output.Height != picture.Height)
            _resampler = new PictureResampler(picture.Width, picture.Height, output.Width, output.Height);
    }

    private void Truncate(ReadOnlySpan<float> latent, float psi)
    {
        latent.CopyTo(_ws);
        if (psi == 1)
            return;
        int width = Latents.Width;
        for (int layer = 0; layer < _cutoff; layer++)
        {
            Span<float> w = _ws.AsSpan(layer * width, width);
            TensorPrimitives.Lerp(_prior.Mean, w, psi, w);
        }
    }

    private static float Within(float value, float min, float max) => value >= min ? MathF.Min(value, max) : min;
}
