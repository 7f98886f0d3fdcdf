using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Networks;

/// <summary>What training begins with.</summary>
internal static class InitialWeights
{
    /// <summary>Learning-rate multiplier of the mapping network: of SM and of SG2 as their papers have it.</summary>
    private const double SmMapping = 0.1, Sg2Mapping = 0.01;

    /// <summary>The card of the generator that settings ask for.</summary>
    public static ModelCard Card(TrainingSettings settings, IReadOnlyList<string> classNames) => new()
    {
        Name = "trained",
        Architecture = settings.Architecture,
        Resolution = settings.Resolution,
        ZDim = settings.LatentSize,
        WDim = settings.LatentSize,
        Classes = settings.Classes,
        ClassNames = settings.Classes > 0 && classNames.Count == settings.Classes ? classNames : [],
        MappingLayers = settings.MappingLayers,
        MappingMultiplier = settings.Architecture == ModelArchitecture.Sm ? SmMapping : Sg2Mapping,
        Channels = ModelFactory.Channels(settings.Resolution, settings.Width, settings.MostChannels),
        Extra = settings.Architecture == ModelArchitecture.Sm ? new Dictionary<string, string> { ["upsample"] = "bilinear" } : [],
    };

    /// <summary>A discriminator's arrays: weights standard normal, biases 0.</summary>
    public static Dictionary<string, WeightArray> Discriminator(DiscriminatorShape shape, StepDraws draws)
    {
        var arrays = new Dictionary<string, WeightArray>(StringComparer.Ordinal);
        int stream = 0;
        foreach ((string name, long[] sizes) in shape.Arrays())
        {
            int count = (int)sizes.Aggregate(1L, (product, size) => product * size);
            float[] values = name.EndsWith(".bias", StringComparison.Ordinal) ? new float[count] : draws.Normal(DrawPurpose.Discriminator, stream, count);
            arrays[name] = WeightArray.From(name, values, sizes);
            stream++;
        }
        return arrays;
    }
}
