using System.Numerics.Tensors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Presets;

namespace AInimEngine.Mapping;

/// <summary>
/// The floats that modulations move: six of the motion, one push per latent group, one per layer, then the fields of the
/// control frame that a row names. Each has a base value and a range that it is kept in.
/// </summary>
internal sealed class MapperSlots
{
    public const int Speed = 0, Direction = 1, Pulse = 2, Harmony = 3, Noise = 4, Chords = 5, FirstPush = 6;

    private readonly float[] _base, _min, _max, _values;
    private readonly int[] _offsets;
    private readonly bool[] _whole;
    private readonly bool _movesLayers;
    private readonly int _firstLayer, _firstField;

    public MapperSlots(Preset preset, IReadOnlyList<Modulation> modulations, LatentLayout latents, ControlPlan plan, ParameterTable parameters)
    {
        LatentSize = latents.Size;
        _firstLayer = FirstPush + latents.Groups.Count;
        _firstField = _firstLayer + latents.Layers;
        var rows = new List<(Parameter Row, float Base, int Offset)>();
        foreach (string id in MappingParameters.MotionTargets)
            rows.Add((MappingParameters.Row(id), preset.Motion[id], -1));
        foreach (LatentGroup _ in latents.Groups)
            rows.Add((MappingParameters.Latent[0], 0, -1));
        for (int layer = 0; layer < latents.Layers; layer++)
            rows.Add((MappingParameters.Layer with { Id = $"{MappingParameters.Layer.Id}[{layer}]" }, 0, -1));

        SlotOfRow = new int[modulations.Count];
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < MappingParameters.MotionTargets.Count; i++)
            slots.Add(MappingParameters.MotionTargets[i], i);
        for (int g = 0; g < latents.Groups.Count; g++)
            slots.Add("latent." + latents.Groups[g].Name, FirstPush + g);
        for (int layer = 0; layer < latents.Layers; layer++)
            slots.Add(rows[_firstLayer + layer].Row.Id, _firstLayer + layer);
        for (int i = 0; i < SlotOfRow.Length; i++)
        {
            Modulation modulation = modulations[i];
            if (!slots.TryGetValue(modulation.Target, out int slot))
            {
                slot = rows.Count;
                rows.Add(FindField(preset, modulation, latents, plan, parameters));
                slots.Add(modulation.Target, slot);
            }
            if (ModulationCheck.Find(modulation, rows[slot].Row) is { } fault)
                throw preset.Error(fault.At, fault.Message);
            SlotOfRow[i] = slot;
        }
        _movesLayers = SlotOfRow.Any(slot => slot >= _firstLayer && slot < _firstField);
        _base = [.. rows.Select(row => row.Base)];
        _min = [.. rows.Select(row => row.Row.Min)];
        _max = [.. rows.Select(row => row.Row.Max)];
        _offsets = [.. rows.Select(row => row.Offset)];
        _whole = [.. rows.Select(row => row.Row.Curve == ParameterCurve.Integer)];
        _values = new float[rows.Count];
    }

    /// <summary>The slot of each modulation.</summary>
    public int[] SlotOfRow { get; }

    public int LatentSize { get; }

    /// <summary>Pushes of the latent groups.</summary>
    public ReadOnlySpan<float> Push => _values.AsSpan(FirstPush, _firstLayer - FirstPush);

    /// <summary>Pushes of single layers; empty when no row moves one.</summary>
    public ReadOnlySpan<float> LayerPush => _movesLayers ? _values.AsSpan(_firstLayer, _firstField - _firstLayer) : [];

    /// <summary>All slots at their base values.</summary>
    public Span<float> Begin()
    {
        _base.CopyTo(_values, 0);
        return _values;
    }

    /// <summary>Gives what a hand holds another base, where a row of the motion moves it.</summary>
    public void SetMotion(int slot, float value) => _base[slot] = value;

    /// <summary>Gives a field another base, where a modulation moves it.</summary>
    public void SetField(int offset, float value)
    {
        for (int i = _firstField; i < _offsets.Length; i++)
            if (_offsets[i] == offset)
                _base[i] = value;
    }

    /// <summary>Keeps the moved values in their ranges and writes the fields.</summary>
    public void Finish(Span<float> controls)
    {
        TensorPrimitives.Max(_values, _min, _values);
        TensorPrimitives.Min(_values, _max, _values);
        for (int i = _firstField; i < _values.Length; i++)
            controls[_offsets[i]] = _whole[i] ? MathF.Floor(_values[i] + 0.5f) : _values[i];
    }

    private static (Parameter Row, float Base, int Offset) FindField(Preset preset, Modulation modulation, LatentLayout latents, ControlPlan plan, ParameterTable parameters)
    {
        if (plan.TryFind(modulation.Target, out int offset, out Parameter row))
            return (row, plan.Base[offset], offset);
        if (TargetName.TryLayer(modulation.Target, out int layer))
            throw preset.Error(modulation.TargetAt, $"the generator has latent layers 0 to {latents.Layers - 1}, not {layer}");
        string reason = TargetName.Find(modulation.Target, preset.Post, parameters, plan.InputRows, out _)
            ?? $"the generator has no latent group for {modulation.Target}";
        throw preset.Error(modulation.TargetAt, reason);
    }
}
