using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Decoding;

/// <summary>
/// A model's synthesis network as one op program: W+ in, picture out, one native call a picture, nothing allocated. The
/// same model, settings, inputs and number of torch threads give the same bits on one machine. One thread at a time.
/// </summary>
public sealed class StyleDecoder : IDisposable
{
    private StyleDecoder(Model model, DecodeSettings settings, StyleShape shape)
    {
        Model = model;
        Settings = settings;
        Shape = shape;
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>How it decodes.</summary>
    public DecodeSettings Settings { get; }

    /// <summary>The network's sizes.</summary>
    public StyleShape Shape { get; }

    /// <summary>Width of the pictures: resolution / 4 * columns.</summary>
    public int Width => (Settings.Resolution ?? Shape.Resolution) / 4 * Settings.Columns;

    /// <summary>Height of the pictures: resolution / 4 * rows.</summary>
    public int Height => (Settings.Resolution ?? Shape.Resolution) / 4 * Settings.Rows;

    /// <summary>Prepares weights and records the program.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="settings">How it is decoded.</param>
    public static StyleDecoder Create(Model model, DecodeSettings settings) => throw new NotImplementedException();

    /// <summary>Decodes planes, values as the network gives them (about -1..1).</summary>
    /// <param name="ws">[batch, layers, w_dim].</param>
    /// <param name="controls">Noise strength factor (1 as trained), phase of driven noise in turns, then the amount of every bend.</param>
    /// <param name="planes">[batch, 3, H, W], overwritten.</param>
    public void Decode(ReadOnlySpan<float> ws, ReadOnlySpan<float> controls, Span<float> planes) => throw new NotImplementedException();

    /// <summary>Decodes the middle of one picture (batch 1) as sRGB 0..1.</summary>
    /// <param name="ws">[1, layers, w_dim].</param>
    /// <param name="controls">As above.</param>
    /// <param name="output">At most <see cref="Width"/> by <see cref="Height"/>, any format; the middle of the decoded picture.</param>
    public void Decode(ReadOnlySpan<float> ws, ReadOnlySpan<float> controls, Image output) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
