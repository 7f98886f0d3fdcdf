using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>Reads the card of an SM generator from its arrays, and renames those of the first experiments.</summary>
internal static class SmArrays
{
    /// <summary>Multiplier of SM's mapping layers.</summary>
    public const double MappingMultiplier = 0.1;

    /// <summary>Whether these are arrays under our names.</summary>
    public static bool Recognises(IReadOnlyDictionary<string, StoredArray> arrays) => arrays.ContainsKey("synthesis.input.weight") && arrays.ContainsKey("synthesis.const");

    /// <summary>Whether these are arrays under the names of the first experiments.</summary>
    public static bool IsProbe(IReadOnlyDictionary<string, StoredArray> arrays) => arrays.ContainsKey("c") && arrays.ContainsKey("i.weight") && arrays.ContainsKey("u.0.0.weight");

    /// <summary>What the arrays say.</summary>
    /// <exception cref="InvalidDataException">They say what cannot be.</exception>
    public static ModelCard Card(string name, IReadOnlyDictionary<string, StoredArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        int octaves = arrays.CountFrom(i => $"synthesis.b{8L << i}.conv1.weight");
        if (octaves is < 2 or > 8)
            throw new InvalidDataException($"it has a resolution of {4L << octaves}; powers of two from 16 to 1024 are played");
        int[] channels = [arrays.Size("synthesis.const", 3, 0) / 2, .. Enumerable.Range(0, octaves).Select(i => arrays.Size($"synthesis.b{8L << i}.conv1.weight", 4, 0) / 2)];
        return new ModelCard
        {
            Name = name,
            Architecture = ModelArchitecture.Sm,
            Resolution = 4 << octaves,
            ZDim = arrays.Size("mapping.fc0.weight", 2, 1),
            WDim = arrays.Size("mapping.fc0.weight", 2, 0),
            MappingLayers = arrays.CountFrom(i => $"mapping.fc{i}.weight"),
            MappingMultiplier = MappingMultiplier,
            Channels = channels,
            Extra = new Dictionary<string, string>
            {
                ["upsample"] = metadata.GetValueOrDefault("upsample", "bilinear"),
                ["padding"] = metadata.GetValueOrDefault("padding", "replicate"),
            },
        };
    }

    /// <summary>Renames the arrays of the first experiments, and adds the mean of w, which they left out.</summary>
    public static Dictionary<string, StoredArray> FromProbe(IReadOnlyDictionary<string, StoredArray> arrays)
    {
        var renamed = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach ((string name, StoredArray array) in arrays)
            if (!renamed.TryAdd(Rename(name.Split('.')) ?? name, array))
                throw new InvalidDataException($"array {Printable.Quote(name)} is there under two names");
        renamed["mapping.w_avg"] = MappingMean.Estimate(renamed, MappingMultiplier);
        return renamed;
    }

    // m mapping, c and i the input, u convolutions, n and n0 normalisations with an affine map a, o the RGB layer.
    private static string? Rename(string[] parts) => parts switch
    {
        ["c"] => "synthesis.const",
        ["i", "weight"] => "synthesis.input.weight",
        ["m", var i, "w"] => $"mapping.fc{i}.weight",
        ["m", var i, "b"] => $"mapping.fc{i}.bias",
        ["n0", .. var rest] => Norm("synthesis.norm", rest),
        ["u", var k, var i, "weight"] when Resolution(k) is { } r => $"synthesis.b{r}.conv{i}.weight",
        ["n", var k, var i, .. var rest] when Resolution(k) is { } r => Norm($"synthesis.b{r}.norm{i}", rest),
        ["o", var part] => $"synthesis.torgb.{part}",
        _ => null,
    };

    private static string? Norm(string norm, string[] rest) => rest switch
    {
        ["a", var part] => $"{norm}.affine.{part}",
        ["bn", var part] => $"{norm}.{part}",
        _ => null,
    };

    private static int? Resolution(string octave) => octave is [>= '0' and <= '7'] ? 8 << (octave[0] - '0') : null;
}
