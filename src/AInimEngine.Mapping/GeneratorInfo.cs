using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Mapping.Choreography;

namespace AInimEngine.Mapping;

/// <summary>What Mapping must know of a generator; the generator itself may live on another thread or in another process.</summary>
/// <param name="Latents">Shape and response of the latent.</param>
/// <param name="Inputs">The control fields that it reads, the latent first.</param>
/// <param name="Defaults">Defaults of the inputs other than the latent, one after another.</param>
/// <param name="Sample">Its prior; called while a mapper is made, never afterwards.</param>
public sealed record GeneratorInfo(
    LatentLayout Latents, IReadOnlyList<FrameField> Inputs, IReadOnlyList<float> Defaults, LatentSampler Sample)
{
    /// <summary>Points that presets can name, [Layers, Width] each.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<float>> Favourites { get; init; } = new Dictionary<string, ReadOnlyMemory<float>>();

    /// <summary>Asks a generator.</summary>
    public static GeneratorInfo From(IGenerator generator)
    {
        var defaults = new float[generator.Inputs.Skip(1).Sum(input => input.Length)];
        generator.DefaultInputs(defaults);
        return new GeneratorInfo(generator.Latents, generator.Inputs, defaults, generator.Sample);
    }
}
