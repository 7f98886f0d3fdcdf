using System.Numerics;

namespace AInimEngine.Neural.Models;

/// <summary>Which arrays of which shapes a card asks for.</summary>
public static class ModelShapes
{
    /// <summary>Name and shape of every array of a model, no more and no fewer.</summary>
    /// <param name="card">What it is.</param>
    public static IReadOnlyDictionary<string, long[]> Of(ModelCard card)
    {
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);
        switch (card.Architecture)
        {
            case ModelArchitecture.Sg2: AddSg2(shapes, card); break;
            case ModelArchitecture.Sm: AddSm(shapes, card); break;
            case ModelArchitecture.FastGan: AddFastGan(shapes, card); break;
        }
        return shapes;
    }

    /// <summary>Number of latent layers L of W+: SG2 2 log2(resolution) - 2, SM one fewer per octave's RGB layer, FastGAN 1.</summary>
    public static int LatentLayers(ModelCard card) => card.Architecture switch
    {
        ModelArchitecture.Sg2 => 2 * BitOperations.Log2((uint)card.Resolution) - 2,
        ModelArchitecture.Sm => 2 * BitOperations.Log2((uint)card.Resolution) - 3,
        _ => 1,
    };

    private static void AddSg2(Dictionary<string, long[]> shapes, ModelCard card)
    {
        long w = card.WDim;
        AddMapping(shapes, card);
        shapes["synthesis.b4.const"] = [card.Channels[0], 4, 4];
        for (int i = 0; i < card.Channels.Count; i++)
        {
            long r = 4L << i, channels = card.Channels[i];
            string block = $"synthesis.b{r}";
            if (i > 0)
                AddConvolution(shapes, $"{block}.conv0", r, card.Channels[i - 1], channels, w);
            AddConvolution(shapes, $"{block}.conv1", r, channels, channels, w);
            if (i > 0 && card.Synthesis == "resnet")
                shapes[$"{block}.skip.weight"] = [channels, card.Channels[i - 1], 1, 1];
            if (card.Synthesis == "skip" || r == card.Resolution)
            {
                shapes[$"{block}.torgb.weight"] = [3, channels, 1, 1];
                shapes[$"{block}.torgb.bias"] = [3];
                AddAffine(shapes, $"{block}.torgb", w, channels);
            }
        }
    }

    private static void AddMapping(Dictionary<string, long[]> shapes, ModelCard card)
    {
        long inputs = card.ZDim;
        if (card.Classes > 0)
        {
            shapes["mapping.embed.weight"] = [card.WDim, card.Classes];
            shapes["mapping.embed.bias"] = [card.WDim];
            inputs += card.WDim;
        }
        for (int i = 0; i < card.MappingLayers; i++)
        {
            shapes[$"mapping.fc{i}.weight"] = [card.WDim, i == 0 ? inputs : card.WDim];
            shapes[$"mapping.fc{i}.bias"] = [card.WDim];
        }
        shapes["mapping.w_avg"] = [card.WDim];
    }

    private static void AddConvolution(Dictionary<string, long[]> shapes, string layer, long resolution, long inputs, long outputs, long w)
    {
        shapes[$"{layer}.weight"] = [outputs, inputs, 3, 3];
        shapes[$"{layer}.bias"] = [outputs];
        shapes[$"{layer}.noise_strength"] = [];
        shapes[$"{layer}.noise_const"] = [resolution, resolution];
        AddAffine(shapes, layer, w, inputs);
    }

    private static void AddAffine(Dictionary<string, long[]> shapes, string layer, long w, long outputs)
    {
        shapes[$"{layer}.affine.weight"] = [outputs, w];
        shapes[$"{layer}.affine.bias"] = [outputs];
    }

    private static void AddSm(Dictionary<string, long[]> shapes, ModelCard card)
    {
        long w = card.WDim, first = card.Channels[0];
        AddMapping(shapes, card);
        shapes["synthesis.const"] = [2 * first, 4, 4];
        shapes["synthesis.input.weight"] = [2 * first * 16, w];
        AddModulatedNorm(shapes, "synthesis.norm", w, 2 * first);
        for (int i = 1; i < card.Channels.Count; i++)
        {
            string block = $"synthesis.b{4 << i}";
            long channels = card.Channels[i];
            shapes[$"{block}.conv0.weight"] = [2 * channels, card.Channels[i - 1], 3, 3];
            shapes[$"{block}.conv1.weight"] = [2 * channels, channels, 3, 3];
            AddModulatedNorm(shapes, $"{block}.norm0", w, 2 * channels);
            AddModulatedNorm(shapes, $"{block}.norm1", w, 2 * channels);
        }
        shapes["synthesis.torgb.weight"] = [3, card.Channels[^1], 3, 3];
        shapes["synthesis.torgb.bias"] = [3];
    }

    private static void AddModulatedNorm(Dictionary<string, long[]> shapes, string norm, long w, long channels)
    {
        shapes[$"{norm}.running_mean"] = [channels];
        shapes[$"{norm}.running_var"] = [channels];
        AddAffine(shapes, norm, w, 2 * channels);
    }

    private static void AddFastGan(Dictionary<string, long[]> shapes, ModelCard card)
    {
        shapes["init.init.0.weight"] = [card.ZDim, 2 * card.Channels[0], 4, 4];
        AddNorm(shapes, "init.init.1", 2 * card.Channels[0]);
        for (int i = 1; i < card.Channels.Count; i++)
        {
            int r = 4 << i;
            long channels = card.Channels[i];
            shapes[$"feat_{r}.1.weight"] = [2 * channels, card.Channels[i - 1], 3, 3];
            // Every second resolution has two convolutions, and noise before each normalisation.
            if (i % 2 == 0)
            {
                AddNorm(shapes, $"feat_{r}.2", 2 * channels);
                continue;
            }
            shapes[$"feat_{r}.2.weight"] = [1];
            AddNorm(shapes, $"feat_{r}.3", 2 * channels);
            shapes[$"feat_{r}.5.weight"] = [2 * channels, channels, 3, 3];
            shapes[$"feat_{r}.6.weight"] = [1];
            AddNorm(shapes, $"feat_{r}.7", 2 * channels);
        }
        // Skip-layer excitation: 4 to 64, 8 to 128, 16 to 256, 32 to 512.
        for (int i = 4; i < card.Channels.Count && i < 8; i++)
        {
            shapes[$"se_{4 << i}.main.1.weight"] = [card.Channels[i], card.Channels[i - 4], 4, 4];
            shapes[$"se_{4 << i}.main.3.weight"] = [card.Channels[i], card.Channels[i], 1, 1];
        }
        shapes["to_128.weight"] = [3, card.Channels[5], 1, 1];
        shapes["to_big.weight"] = [3, card.Channels[^1], 3, 3];
    }

    private static void AddNorm(Dictionary<string, long[]> shapes, string norm, long channels)
    {
        foreach (string part in new[] { "weight", "bias", "running_mean", "running_var" })
            shapes[$"{norm}.{part}"] = [channels];
    }
}
