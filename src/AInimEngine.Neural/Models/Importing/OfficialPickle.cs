using AInimEngine.Neural.Models.Formats;
using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>StyleGAN2-ADA's and StyleGAN3's pickles: a dictionary with G_ema, a network with the text of its Python source.</summary>
internal static class OfficialPickle
{
    /// <summary>The note that goes with files of this form.</summary>
    public const string Licence =
        "imported from a file in the format of NVIDIA's StyleGAN tools; models that NVIDIA published may not be used commercially, others are their makers' to license: check before you publish";

    /// <summary>The network in a file; null if the file is no such pickle.</summary>
    public static PickleNode? Find(PickleNode root)
    {
        if (PersistentModule.Is(root))
            return root;
        if (root is not PickleDictionary map)
            return null;
        PickleNode? g = null;
        foreach ((PickleNode key, PickleNode value) in map.Entries)
        {
            if (PickleText.Of(key) == "G_ema" && PersistentModule.Is(value))
                return value;
            if (PickleText.Of(key) == "G" && PersistentModule.Is(value))
                g = value;
        }
        return g;
    }

    /// <summary>Card and arrays of the network.</summary>
    /// <exception cref="InvalidDataException">It is another network, or broken.</exception>
    public static (ModelCard Card, IReadOnlyDictionary<string, StoredArray> Arrays) Read(string name, PickleNode network, TorchArrays reader)
    {
        PersistentModule module = PersistentModule.Read(network);
        if (module.ClassOf("synthesis.input") is not null || module.Modules.Any(m => m.StartsWith("synthesis.L", StringComparison.Ordinal)))
            throw new InvalidDataException("it is a StyleGAN3 network (config t or r), which is not played; StyleGAN2 networks are, also those that StyleGAN3's tools trained (--cfg=stylegan2)");
        if (module.ClassOf("synthesis.b4") is null)
            throw new InvalidDataException($"its network of the class {Printable.Quote(module.ClassOf("") ?? "")} is no StyleGAN2 generator");
        var arrays = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach ((string key, PickleNode node) in module.Arrays)
            arrays.Add(key, reader.Find(key, node) ?? throw new InvalidDataException($"array {Printable.Quote(key)} is no array"));
        ModelCard card = Sg2Arrays.Card(name, arrays);
        CheckAttributes(module, card);
        return (card with { MappingMultiplier = Multiplier(module), ConvClamp = Clamp(module), Licence = Licence }, Sg2Arrays.WithoutFilters(arrays));
    }

    private static void CheckAttributes(PersistentModule module, ModelCard card)
    {
        foreach (string name in module.Modules)
        {
            string expected = name.EndsWith(".affine", StringComparison.Ordinal) || name.EndsWith(".embed", StringComparison.Ordinal) || name.EndsWith(".skip", StringComparison.Ordinal) ? "linear" : "lrelu";
            if (module.Attribute(name, "activation") is PickleText activation && activation.Text != expected)
                throw new InvalidDataException($"its layer {Printable.Quote(name)} has the activation {Printable.Quote(activation.Text)}, which is not played");
            if (module.Attribute(name, "use_noise") is PickleBool { Value: false })
                throw new InvalidDataException($"its layer {Printable.Quote(name)} was trained without noise inputs, which is not played");
            if (module.Attribute(name, "architecture") is PickleText architecture && architecture.Text != card.Synthesis)
                throw new InvalidDataException($"its block {Printable.Quote(name)} is of the architecture {Printable.Quote(architecture.Text)} and its arrays are of '{card.Synthesis}'");
        }
    }

    // A layer's bias is scaled by the multiplier, and its weight by that over the root of its inputs.
    private static double Multiplier(PersistentModule module)
    {
        double multiplier = NumpyArrays.Number(module.Attribute("mapping.fc0", "bias_gain")) ?? 0.01;
        for (int i = 1; module.ClassOf($"mapping.fc{i}") is not null; i++)
            if (NumpyArrays.Number(module.Attribute($"mapping.fc{i}", "bias_gain")) is { } other && other != multiplier)
                throw new InvalidDataException("its mapping layers have different multipliers, which is not played");
        return multiplier;
    }

    private static double? Clamp(PersistentModule module)
    {
        double? clamp = null;
        bool isFirst = true;
        foreach (string name in module.Modules)
        {
            // The limit is scaled with the gain of a layer; here it is as given.
            if (!name.StartsWith("synthesis.b", StringComparison.Ordinal) || module.Attribute(name, "conv_clamp") is not { } attribute || name.EndsWith(".skip", StringComparison.Ordinal))
                continue;
            double? value = NumpyArrays.Number(attribute);
            if (!isFirst && value != clamp)
                throw new InvalidDataException("its layers have different limits (conv_clamp), which is not played");
            (clamp, isFirst) = (value, false);
        }
        return clamp;
    }
}
