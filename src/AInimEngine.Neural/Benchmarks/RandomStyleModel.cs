using System.Runtime.InteropServices;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Benchmarks;

/// <summary>
/// Models of <see cref="ModelFactory"/> by their usual figures, with noise that acts: nothing to look at, but all the work
/// of a trained model.
/// </summary>
public static class RandomStyleModel
{
    private const float NoiseStrength = 0.1f;

    /// <summary>An SG2 generator.</summary>
    /// <param name="resolution">Side of the picture, pixels.</param>
    /// <param name="channelBase">Channels times resolution.</param>
    /// <param name="maximum">Most channels.</param>
    /// <param name="width">Length of z and w.</param>
    /// <param name="synthesis">"skip", "resnet" or "orig".</param>
    /// <param name="seed">Which.</param>
    public static Model Sg2(int resolution, int channelBase, int maximum, int width, string synthesis = "skip", ulong seed = 1)
    {
        Model quiet = ModelFactory.Random(Card(ModelArchitecture.Sg2, resolution, channelBase, maximum, width) with { Synthesis = synthesis, ConvClamp = 256 }, seed);
        byte[] strength = MemoryMarshal.AsBytes([NoiseStrength]).ToArray();
        return new Model(quiet.Card, quiet.Arrays.Select(array =>
            array.Name.EndsWith(".noise_strength", StringComparison.Ordinal) ? array with { Data = strength } : array));
    }

    /// <summary>An SM generator.</summary>
    /// <param name="resolution">Side of the picture, pixels.</param>
    /// <param name="channelBase">Channels times resolution.</param>
    /// <param name="maximum">Most channels.</param>
    /// <param name="width">Length of z and w.</param>
    /// <param name="seed">Which.</param>
    public static Model Sm(int resolution, int channelBase, int maximum, int width, ulong seed = 1) =>
        ModelFactory.Random(Card(ModelArchitecture.Sm, resolution, channelBase, maximum, width), seed);

    private static ModelCard Card(ModelArchitecture architecture, int resolution, int channelBase, int maximum, int width) => new()
    {
        Name = $"{architecture.ToString().ToLowerInvariant()}-{channelBase}-{resolution}",
        Architecture = architecture,
        Resolution = resolution,
        ZDim = width,
        WDim = width,
        MappingLayers = 2,
        Channels = ModelFactory.Channels(resolution, channelBase, maximum),
    };
}
