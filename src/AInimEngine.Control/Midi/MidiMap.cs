namespace AInimEngine.Control.Midi;

/// <summary>What is bound: for all presets, and for single ones, whose bindings of a control come before the others. Immutable.</summary>
public sealed record MidiMap
{
    /// <summary>Nothing is bound.</summary>
    public static MidiMap Empty { get; } = new();

    /// <summary>Bindings for all presets.</summary>
    public IReadOnlyList<MidiBinding> Global { get; init; } = [];

    /// <summary>Bindings by a preset's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MidiBinding>> Presets { get; init; } = new Dictionary<string, IReadOnlyList<MidiBinding>>();

    /// <summary>What counts while a preset plays: its own bindings, and those for all whose control it does not use.</summary>
    /// <param name="preset">Its name; null for none.</param>
    public IReadOnlyList<MidiBinding> For(string? preset)
    {
        if (preset is null || !Presets.TryGetValue(preset, out IReadOnlyList<MidiBinding>? own))
            return Global;
        return [.. own, .. Global.Where(binding => !own.Any(binding.IsSameControl))];
    }

    /// <summary>The map with one binding more; others of the same control in that place go.</summary>
    /// <param name="binding">What to add.</param>
    /// <param name="preset">For one preset; null for all.</param>
    public MidiMap With(MidiBinding binding, string? preset = null)
    {
        IReadOnlyList<MidiBinding> Added(IReadOnlyList<MidiBinding> list) => [.. list.Where(other => !other.IsSameControl(binding)), binding];
        return preset is null
            ? this with { Global = Added(Global) }
            : this with { Presets = new Dictionary<string, IReadOnlyList<MidiBinding>>(Presets) { [preset] = Added(Presets.GetValueOrDefault(preset, [])) } };
    }

    /// <summary>The map without the bindings of a row.</summary>
    public MidiMap Without(string row) => new()
    {
        Global = [.. Global.Where(binding => binding.Row != row)],
        Presets = Presets.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<MidiBinding>)[.. pair.Value.Where(binding => binding.Row != row)]),
    };

    /// <summary>"nanoKONTROL2 CC 7, note 36": what moves a row; empty when nothing does.</summary>
    public string BoundTo(string row, string? preset = null) =>
        string.Join(", ", For(preset).Where(binding => binding.Row == row));
}
