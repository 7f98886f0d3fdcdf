using AInimEngine.Neural.Models.Formats;
using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>Takes named arrays out of a pickled dictionary.</summary>
internal static class StateDictionary
{
    private const int MostArrays = 20_000;
    private const string Parallel = "module.";

    /// <summary>Arrays by name in the order of the file, without the prefix that training on several GPUs leaves; null if the node is no dictionary with arrays.</summary>
    /// <exception cref="InvalidDataException">It is one, and broken.</exception>
    public static OrderedDictionary<string, StoredArray>? Read(PickleNode? node, TorchArrays reader)
    {
        if (node is not PickleContainer { Entries.Count: > 0 and <= MostArrays } map)
            return null;
        var arrays = new OrderedDictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach ((PickleNode key, PickleNode value) in map.Entries)
        {
            if (PickleText.Of(key) is not { } name || reader.Find(name, value) is not { } array)
                continue;
            if (name.StartsWith(Parallel, StringComparison.Ordinal))
                name = name[Parallel.Length..];
            if (!arrays.TryAdd(name, array))
                throw new InvalidDataException($"it has array {Printable.Quote(name)} twice");
        }
        return arrays.Count > 0 ? arrays : null;
    }

    /// <summary>The arrays of a list without names; null if the node is no such list.</summary>
    public static List<StoredArray>? ReadList(PickleNode? node, TorchArrays reader)
    {
        if (node is not PickleList { Items.Count: > 0 and <= MostArrays } list)
            return null;
        var arrays = new List<StoredArray>();
        foreach (PickleNode item in list.Items)
        {
            if (reader.Find($"g_ema[{arrays.Count}]", item) is not { } array)
                return null;
            arrays.Add(array);
        }
        return arrays;
    }

    /// <summary>The value of a key; null if there is none.</summary>
    public static PickleNode? Find(PickleNode root, string key)
    {
        if (root is PickleContainer map)
            foreach ((PickleNode candidate, PickleNode value) in map.Entries)
                if (PickleText.Is(candidate, key))
                    return value;
        return null;
    }
}
