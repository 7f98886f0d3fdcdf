using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>Renames the arrays of rosinality's StyleGAN2, which has the reference's orientation and scaling under other names.</summary>
internal static class RosinalityArrays
{
    /// <summary>Where converted files keep the mean of w.</summary>
    public const string Mean = "latent_avg";

    private const double MappingMultiplier = 0.01;
    private const float FilterGain = 4;

    /// <summary>Whether these are such arrays.</summary>
    public static bool Recognises(IReadOnlyDictionary<string, StoredArray> arrays) => arrays.ContainsKey("input.input") && arrays.ContainsKey("style.1.weight");

    /// <summary>Card and arrays under our names.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of another shape.</exception>
    public static (ModelCard Card, IReadOnlyDictionary<string, StoredArray> Arrays) Import(string name, IReadOnlyDictionary<string, StoredArray> arrays)
    {
        var renamed = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach ((string key, StoredArray array) in arrays)
        {
            if (key.EndsWith(".kernel", StringComparison.Ordinal))
                Sg2Arrays.CheckFilter(key, array, FilterGain);
            else if (!renamed.TryAdd(Rename(key.Split('.')) ?? key, Squeeze(key, array)))
                throw new InvalidDataException($"array {Printable.Quote(key)} is there under two names");
        }
        string mean = "as saved";
        if (!renamed.ContainsKey("mapping.w_avg"))
        {
            renamed["mapping.w_avg"] = MappingMean.Estimate(renamed, MappingMultiplier);
            mean = "of 4096 samples";
        }
        ModelCard card = Sg2Arrays.Card(name, renamed);
        bool hasNoise = arrays.Keys.Any(key => key.StartsWith("noises.", StringComparison.Ordinal));
        if (!hasNoise)
            DrawNoise(renamed, card);
        return (card with
        {
            MappingMultiplier = MappingMultiplier,
            Extra = new Dictionary<string, string> { ["mean_w"] = mean, ["noise_maps"] = hasNoise ? "as saved" : "drawn" },
        }, renamed);
    }

    private static string? Rename(string[] parts) => parts switch
    {
        [Mean] => "mapping.w_avg",
        ["style", var layer, var part] when int.TryParse(layer, out int i) && i > 0 => $"mapping.fc{i - 1}.{part}",
        ["input", "input"] => "synthesis.b4.const",
        ["conv1", .. var rest] => Layer("synthesis.b4.conv1", rest),
        ["to_rgb1", .. var rest] => Layer("synthesis.b4.torgb", rest),
        ["convs", var layer, .. var rest] when Index(layer) is { } i => Layer(Convolution(i), rest),
        ["to_rgbs", var layer, .. var rest] when Index(layer) is { } i => Layer($"synthesis.b{8 << i}.torgb", rest),
        ["noises", "noise_0"] => "synthesis.b4.conv1.noise_const",
        ["noises", ['n', 'o', 'i', 's', 'e', '_', .. var layer]] when Index(layer) is { } i => $"{Convolution(i - 1)}.noise_const",
        _ => null,
    };

    private static string? Layer(string layer, string[] rest) => rest switch
    {
        ["conv", "weight"] => $"{layer}.weight",
        ["conv", "modulation", var part] => $"{layer}.affine.{part}",
        ["noise", "weight"] => $"{layer}.noise_strength",
        ["activate", "bias"] or ["bias"] => $"{layer}.bias",
        _ => null,
    };

    private static string Convolution(int index) => $"synthesis.b{8 << index / 2}.conv{index % 2}";

    private static int? Index(string text) => int.TryParse(text, out int index) && index is >= 0 and < 17 ? index : null;

    // Sizes of 1 that broadcasting wants: kernels [1, O, I, k, k], noise [1, 1, r, r], biases [1, C, 1, 1].
    private static StoredArray Squeeze(string key, StoredArray array)
    {
        if (key.EndsWith(".noise.weight", StringComparison.Ordinal) && array.Count == 1)
            return array.Reshape(key);
        if (key.EndsWith("bias", StringComparison.Ordinal) && array.Shape is [1, var channels, 1, 1])
            return array.Reshape(key, channels);
        if (key.StartsWith("noises.", StringComparison.Ordinal) && array.Shape is [1, 1, var height, var width])
            return array.Reshape(key, height, width);
        return array.Shape is [1, _, _, _, _] or [1, _, 4, 4] ? array.Reshape(key, array.Shape[1..]) : array;
    }

    private static void DrawNoise(Dictionary<string, StoredArray> arrays, ModelCard card)
    {
        ulong stream = 0;
        foreach ((string name, long[] shape) in ModelShapes.Of(card))
        {
            if (!name.EndsWith(".noise_const", StringComparison.Ordinal))
                continue;
            var map = new float[shape[0] * shape[1]];
            Philox.Normal(0, ++stream, map);
            arrays[name] = StoredArray.Of(WeightArray.From(name, map, shape));
        }
    }
}
