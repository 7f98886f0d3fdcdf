using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>
/// A network as StyleGAN's tools pickle it: class name and state beside the source text of its Python class, which is never
/// looked at. Modules are flattened to dotted names.
/// </summary>
internal sealed class PersistentModule
{
    private const int MostDepth = 12;
    private const int MostModules = 5000;
    private const int MostArrays = 20_000;

    // Of one module: attributes, parameters, modules in it. They are searched one by one.
    private const int MostEntries = 1000;

    private readonly Dictionary<string, PickleContainer> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PickleNode> _arrays = new(StringComparer.Ordinal);

    /// <summary>Parameters and buffers by dotted name.</summary>
    public IReadOnlyDictionary<string, PickleNode> Arrays => _arrays;

    /// <summary>Whether a node is such a network.</summary>
    public static bool Is(PickleNode? node) =>
        node is PickleCall { Callee: { Module: "torch_utils.persistence", Name: "_reconstruct_persistent_obj" } };

    /// <summary>Flattens a network.</summary>
    /// <exception cref="InvalidDataException">It has another form.</exception>
    public static PersistentModule Read(PickleNode node)
    {
        var module = new PersistentModule();
        module.Add("", node, 0);
        return module;
    }

    /// <summary>Class name of a module; null if there is no such module.</summary>
    public string? ClassOf(string module) => _classes.GetValueOrDefault(module);

    /// <summary>Names of all modules.</summary>
    public IEnumerable<string> Modules => _classes.Keys;

    /// <summary>An attribute of a module; null if it has none of that name.</summary>
    public PickleNode? Attribute(string module, string name) => _states.TryGetValue(module, out PickleContainer? state) ? Find(state, name) : null;

    private void Add(string name, PickleNode node, int depth)
    {
        if (depth > MostDepth || _classes.Count >= MostModules)
            throw new InvalidDataException("its network nests too deep");
        if (!Is(node) || ((PickleCall)node).Arguments is not [PickleDictionary { Entries.Count: <= MostEntries } meta])
            throw new InvalidDataException($"its module {Printable.Quote(name)} is not stored as StyleGAN's tools store modules");
        if (Find(meta, "class_name") is not PickleText className || Find(meta, "state") is not PickleDictionary state)
            throw new InvalidDataException($"its module {Printable.Quote(name)} has no class name or no state");
        if (state.Entries.Count > MostEntries)
            throw new InvalidDataException($"its module {Printable.Quote(name)} has {state.Entries.Count} attributes");
        if (!_classes.TryAdd(name, className.Text))
            throw new InvalidDataException($"it has the module {Printable.Quote(name)} twice");
        _states.Add(name, state);
        foreach (string kind in new[] { "_parameters", "_buffers" })
        {
            foreach ((string key, PickleNode value) in Named(state, kind))
                if (value is not PickleNone && (_arrays.Count >= MostArrays || !_arrays.TryAdd(Join(name, key), value)))
                    throw new InvalidDataException($"it has array {Printable.Quote(Join(name, key))} twice");
        }
        foreach ((string key, PickleNode value) in Named(state, "_modules"))
            if (value is not PickleNone)
                Add(Join(name, key), value, depth + 1);
    }

    private static IEnumerable<(string Name, PickleNode Value)> Named(PickleContainer state, string kind)
    {
        if (Find(state, kind) is not PickleContainer map)
            yield break;
        if (map.Entries.Count > MostEntries)
            throw new InvalidDataException($"a module of its network has {map.Entries.Count} {kind}");
        foreach ((PickleNode key, PickleNode value) in map.Entries)
            yield return (PickleText.Of(key) ?? throw new InvalidDataException($"its {kind} have something else than names, or names of more than {PickleText.MostName} bytes"), value);
    }

    private static PickleNode? Find(PickleContainer map, string key)
    {
        foreach ((PickleNode candidate, PickleNode value) in map.Entries)
            if (PickleText.Is(candidate, key))
                return value;
        return null;
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}.{name}";
}
