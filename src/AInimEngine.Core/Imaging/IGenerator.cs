using AInimEngine.Core.Frames;

namespace AInimEngine.Core.Imaging;

/// <summary>
/// Turns latents into pictures. Used by one thread at a time; <see cref="Decode"/> allocates nothing after its first call
/// and is a pure function of its arguments.
/// </summary>
public interface IGenerator : IDisposable
{
    /// <summary>Name for people, e.g. "field, universe 7".</summary>
    string Name { get; }

    /// <summary>Shape and response of the latent.</summary>
    LatentLayout Latents { get; }

    /// <summary>
    /// The control fields that <see cref="Decode"/> reads: the latent first (<see cref="LatentLayout.FieldName"/>), then
    /// what else can be steered. A control layout must hold all of them.
    /// </summary>
    IReadOnlyList<FrameField> Inputs { get; }

    /// <summary>Sets the inputs other than the latent to their defaults. Order and length as in <see cref="Inputs"/>.</summary>
    /// <param name="values">Sum of the lengths of all inputs but the first.</param>
    void DefaultInputs(Span<float> values);

    /// <summary>Draws a point of the generator's own prior. The same seed always gives the same point.</summary>
    /// <param name="seed">Any value.</param>
    /// <param name="latent">[Layers, Width] floats, overwritten.</param>
    void Sample(ulong seed, Span<float> latent);

    /// <summary>Makes one picture.</summary>
    /// <param name="frame">Controls whose layout holds <see cref="Inputs"/>.</param>
    /// <param name="guides">Guide pictures for image-conditioned generators; empty otherwise.</param>
    /// <param name="output">Overwritten; any size in a format that the generator names, sRGB.</param>
    void Decode(ControlFrame frame, ReadOnlySpan<Image> guides, Image output);
}
