using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>Reads the card of a StyleGAN2 generator from its arrays, under the reference's names.</summary>
internal static class Sg2Arrays
{
    /// <summary>Whether these are such arrays.</summary>
    public static bool Recognises(IReadOnlyDictionary<string, StoredArray> arrays) => arrays.ContainsKey("synthesis.b4.const");

    /// <summary>What the arrays say; what they do not say is as in the reference.</summary>
    /// <exception cref="InvalidDataException">They say what cannot be.</exception>
    public static ModelCard Card(string name, IReadOnlyDictionary<string, StoredArray> arrays)
    {
        int blocks = arrays.CountFrom(i => $"synthesis.b{4L << i}.conv1.weight");
        int[] channels = [.. Enumerable.Range(0, blocks).Select(i => arrays.Size($"synthesis.b{4L << i}.conv1.weight", 4, 0))];
        if (blocks is < 3 or > 9)
            throw new InvalidDataException($"it has a resolution of {(blocks == 0 ? 0 : 4L << (blocks - 1))}; powers of two from 16 to 1024 are played");
        int resolution = 4 << (blocks - 1);
        int classes = arrays.ContainsKey("mapping.embed.weight") ? arrays.Size("mapping.embed.weight", 2, 1) : 0;
        int w = arrays.Size("mapping.fc0.weight", 2, 0);
        int rgb = arrays.Size($"synthesis.b{resolution}.torgb.weight", 4, 0);
        if (rgb != 3)
            throw new InvalidDataException($"it makes pictures of {rgb} channels; red, green and blue are played");
        return new ModelCard
        {
            Name = name,
            Architecture = ModelArchitecture.Sg2,
            Resolution = resolution,
            ZDim = arrays.Size("mapping.fc0.weight", 2, 1) - (classes > 0 ? w : 0),
            WDim = w,
            Classes = classes,
            MappingLayers = arrays.CountFrom(i => $"mapping.fc{i}.weight"),
            Synthesis = arrays.ContainsKey($"synthesis.b{resolution}.skip.weight") ? "resnet" : arrays.ContainsKey("synthesis.b4.torgb.weight") ? "skip" : "orig",
            Channels = channels,
        };
    }

    /// <summary>Leaves out the resampling filters, after a look that they are the one that is played.</summary>
    /// <exception cref="InvalidDataException">One is another.</exception>
    public static Dictionary<string, StoredArray> WithoutFilters(IReadOnlyDictionary<string, StoredArray> arrays)
    {
        var kept = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach ((string name, StoredArray array) in arrays)
        {
            if (name.EndsWith(".resample_filter", StringComparison.Ordinal))
                CheckFilter(name, array, gain: 1);
            else
                kept.Add(name, array);
        }
        return kept;
    }

    /// <summary>Checks that an array is [1, 3, 3, 1] / 8 in both directions, times a gain.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void CheckFilter(string name, StoredArray array, float gain)
    {
        ReadOnlySpan<float> taps = [1, 3, 3, 1];
        bool fits = array.Shape is [4, 4];
        float[] values = fits ? array.LoadSingles() : [];
        for (int i = 0; i < values.Length; i++)
            fits &= MathF.Abs(values[i] - gain * taps[i / 4] * taps[i % 4] / 64) < 1e-3f * gain;
        if (!fits)
            throw new InvalidDataException($"it resamples with another filter ({Printable.Quote(name)}) than StyleGAN2's [1, 3, 3, 1], which alone is played");
    }
}
