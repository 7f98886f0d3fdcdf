using System.Globalization;
using System.Numerics;
using AInimEngine.Neural.Models.Formats;
using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>
/// TensorFlow's StyleGAN2 pickles: a tuple (G, D, Gs) of networks with named numpy arrays. Kernels are stored
/// [height, width, inputs, outputs], matrices [inputs, outputs], style biases without the 1 that is added to them, and the
/// kernels of up-sampling layers turned by half a turn.
/// </summary>
internal static class TensorFlowPickle
{
    private const int MostArrays = 5000;
    private const int MostComponents = 16;

    /// <summary>The averaged generator in a file; null if the file is no such pickle.</summary>
    public static PickleCall? Find(PickleNode root) => root switch
    {
        PickleTuple { Items: [_, _, PickleCall average] } when IsNetwork(average) => average,
        PickleCall call when IsNetwork(call) => call,
        _ => null,
    };

    /// <summary>Card and arrays under our names.</summary>
    /// <exception cref="InvalidDataException">It is another network, or broken.</exception>
    public static (ModelCard Card, IReadOnlyDictionary<string, StoredArray> Arrays) Read(string name, PickleCall network, TorchArrays reader)
    {
        var variables = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
        Collect(variables, "", network, reader, depth: 0);
        if (variables.Keys.Any(key => key.Contains("StyleMod", StringComparison.Ordinal)))
            throw new InvalidDataException("it is a network of the first StyleGAN, which is not played; StyleGAN2 is");
        var arrays = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach ((string key, StoredArray variable) in variables)
        {
            if (key is "lod" || key.EndsWith("/lod", StringComparison.Ordinal))
                continue;
            if (!arrays.TryAdd(Rename(key) ?? key, Turn(key, variable)))
                throw new InvalidDataException($"array {Printable.Quote(key)} is there twice");
        }
        ModelCard card = Sg2Arrays.Card(name, arrays);
        return (card with
        {
            MappingMultiplier = Setting(network, "mapping", "mapping_lrmul") ?? 0.01,
            ConvClamp = Setting(network, "synthesis", "conv_clamp"),
            Licence = OfficialPickle.Licence,
        }, arrays);
    }

    private static bool IsNetwork(PickleCall call) => call.Callee.Is("dnnlib.tflib.network", "Network") && call.State is PickleDictionary;

    private static void Collect(Dictionary<string, StoredArray> variables, string prefix, PickleCall network, TorchArrays reader, int depth)
    {
        if (depth > 2 || !IsNetwork(network))
            throw new InvalidDataException("its networks are not stored as StyleGAN2's tools store them");
        if (StateDictionary.Find(network.State!, "variables") is PickleList list)
        {
            foreach (PickleNode item in list.Items)
            {
                if (item is not PickleTuple { Items: [var key, var value] } || PickleText.Of(key) is not { } name || variables.Count >= MostArrays)
                    throw new InvalidDataException("its variables are not stored as StyleGAN2's tools store them");
                StoredArray array = reader.Find(prefix + name, value) ?? Scalar(prefix + name, value);
                if (!variables.TryAdd(prefix + name, array))
                    throw new InvalidDataException($"array {Printable.Quote(prefix + name)} is there twice");
            }
        }
        if (StateDictionary.Find(network.State!, "components") is PickleContainer components)
        {
            if (components.Entries.Count > MostComponents)
                throw new InvalidDataException($"it has {components.Entries.Count} networks in one");
            foreach ((PickleNode key, PickleNode value) in components.Entries)
                if (PickleText.Of(key) is { } name && value is PickleCall component)
                    Collect(variables, $"{prefix}{name}/", component, reader, depth + 1);
        }
    }

    private static StoredArray Scalar(string name, PickleNode value) => NumpyArrays.Number(value) is { } number
        ? StoredArray.Of(WeightArray.From(name, [(float)number], []))
        : throw new InvalidDataException($"array {Printable.Quote(name)} is no array");

    // Of the component if it says so, else of the whole generator, which hands its settings down.
    private static double? Setting(PickleCall network, string component, string key)
    {
        PickleNode? part = StateDictionary.Find(network.State!, "components") is { } components ? StateDictionary.Find(components, component) : null;
        return Of(part as PickleCall) ?? Of(network);

        double? Of(PickleCall? owner) => owner?.State is { } state && StateDictionary.Find(state, "static_kwargs") is { } settings
            ? NumpyArrays.Number(StateDictionary.Find(settings, key))
            : null;
    }

    private static string? Rename(string key) => key.Split('/') switch
    {
        ["dlatent_avg"] => "mapping.w_avg",
        ["mapping", "LabelEmbed", var part] => $"mapping.embed.{part}",
        ["mapping", ['D', 'e', 'n', 's', 'e', .. var layer], var part] => $"mapping.fc{layer}.{part}",
        ["synthesis", "4x4", "Const", "const"] => "synthesis.b4.const",
        ["synthesis", ['n', 'o', 'i', 's', 'e', .. var layer]] when Integer(layer) is { } i => $"{Convolution(i)}.noise_const",
        ["synthesis", var block, var layer, var part] when Block(block) is { } b && Layer(layer) is { } l && Part(part) is { } p => $"synthesis.{b}.{l}.{p}",
        _ => null,
    };

    private static string Convolution(int noise) => noise == 0 ? "synthesis.b4.conv1" : $"synthesis.b{8 << (noise - 1) / 2}.conv{(noise - 1) % 2}";

    private static string? Block(string name) => name.Split('x') is [var width, var height] && width == height && Integer(width) is { } r && BitOperations.IsPow2(r) ? $"b{r}" : null;

    private static string? Layer(string name) => name switch
    {
        "Conv" or "Conv1" => "conv1",
        "Conv0_up" => "conv0",
        "ToRGB" => "torgb",
        "Skip" => "skip",
        _ => null,
    };

    private static string? Part(string name) => name switch
    {
        "weight" or "bias" or "noise_strength" => name,
        "mod_weight" => "affine.weight",
        "mod_bias" => "affine.bias",
        _ => null,
    };

    private static int? Integer(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= 1024 ? value : null;

    private static StoredArray Turn(string key, StoredArray array)
    {
        if (key.EndsWith("/mod_bias", StringComparison.Ordinal))
        {
            float[] biases = array.LoadSingles();
            foreach (ref float bias in biases.AsSpan())
                bias += 1;
            return StoredArray.Of(WeightArray.From(key, biases, array.Shape));
        }
        bool isTurned = key.EndsWith("/Conv0_up/weight", StringComparison.Ordinal) || key.EndsWith("/Skip/weight", StringComparison.Ordinal);
        return array.Shape switch
        {
            [_, _, _, _] when key.EndsWith("/weight", StringComparison.Ordinal) => Kernel(key, array, isTurned),
            [_, _] when key.EndsWith("weight", StringComparison.Ordinal) => array.Permute(key, 1, 0),
            [1, 1, var height, var width] => array.Reshape(key, height, width),
            [1, var channels, var height, var width] => array.Reshape(key, channels, height, width),
            _ => array,
        };
    }

    private static StoredArray Kernel(string key, StoredArray array, bool isTurned)
    {
        StoredArray turned = array.Permute(key, 3, 2, 0, 1);
        if (!isTurned)
            return turned;
        float[] values = turned.LoadSingles();
        int size = (int)(turned.Shape[2] * turned.Shape[3]);
        for (int at = 0; size > 0 && at < values.Length; at += size)
            values.AsSpan(at, size).Reverse();
        return StoredArray.Of(WeightArray.From(key, values, turned.Shape));
    }
}
