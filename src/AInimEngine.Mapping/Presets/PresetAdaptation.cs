using AInimEngine.Core.Randomness;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// Plays a preset with another generator than it was written for: what moves latents, motion and shaders stays; what the
/// other generator has no counterpart for is left out.
/// </summary>
public static class PresetAdaptation
{
    // What a field preset moves that a model has in its own way: fine strands are its noise.
    private static readonly Dictionary<string, string> s_counterparts = new(StringComparer.Ordinal) { ["field.detail"] = "model.noise" };
    private const string FieldChroma = "field.chroma", FieldPrefix = "field.", ModelPrefix = "model.";

    // How far chords draw a model whose preset coloured the field by them.
    private const float Chords = 0.35f;
    private const ulong NameStream = 0x6E61_6D65;

    /// <summary>The same preset with a model. What it moves in layers that a smaller model lacks, it moves in the last one.</summary>
    /// <param name="preset">Any preset.</param>
    /// <param name="model">Name or path of the model.</param>
    /// <param name="layers">How many latent layers the model has.</param>
    /// <param name="leftOut">Takes the names of what was left out.</param>
    public static Preset ToModel(Preset preset, string model, int layers, ICollection<string> leftOut)
    {
        if (preset.Generator.Model is { } own)
        {
            BendSettings[] bends = [.. own.Bends.Select(bend => bend.Layer >= layers ? bend with { Layer = layers - 1 } : bend)];
            return preset with
            {
                Generator = preset.Generator with { Model = own with { Name = model, Class = null, Favourites = null, Bends = bends } },
                Modulations = [.. preset.Modulations.Select(Within)],
            };
        }
        bool hearsChords = false;
        var rows = new List<Modulation>();
        foreach (Modulation row in preset.Modulations)
        {
            hearsChords |= row.Target.StartsWith(FieldChroma, StringComparison.Ordinal);
            if (s_counterparts.TryGetValue(row.Target, out string? counterpart))
                rows.Add(row with { Target = counterpart });
            else if (!row.Target.StartsWith(FieldPrefix, StringComparison.Ordinal))
                rows.Add(Within(row));
            else if (!row.Target.StartsWith(FieldChroma, StringComparison.Ordinal))
                Note(leftOut, row.Target);
        }
        var inputs = new List<InputValue>();
        foreach (InputValue input in preset.Generator.Inputs)
        {
            if (s_counterparts.TryGetValue(input.Name, out string? counterpart))
                inputs.Add(input with { Name = counterpart });
            else
                Note(leftOut, input.Name);
        }
        MotionSettings motion = hearsChords && preset.Motion.Chords == 0 ? preset.Motion.With("motion.chords", Chords) : preset.Motion;
        return preset with
        {
            Generator = new GeneratorSettings(GeneratorSettings.ModelType, preset.Generator.Universe, preset.Generator.Width, inputs) { Model = new ModelSettings(model) },
            Motion = motion,
            Modulations = rows,
        };

        Modulation Within(Modulation row) => TargetName.TryLayer(row.Target, out int layer) && layer >= layers
            ? row with { Target = $"{MappingParameters.Layer.Id}[{layers - 1}]" }
            : row;
    }

    /// <summary>The same preset with the embedded generator, for a model that is not there.</summary>
    /// <param name="preset">A preset of a model.</param>
    public static Preset ToField(Preset preset)
    {
        Modulation[] rows = [.. preset.Modulations.Where(row =>
            !row.Target.StartsWith(ModelPrefix, StringComparison.Ordinal)
            && !row.Target.StartsWith(GeneratorReader.BendPrefix, StringComparison.Ordinal)
            && !TargetName.TryLayer(row.Target, out _))];
        MotionSettings motion = preset.Motion with
        {
            Places = Unnamed(preset.Motion.Places),
            Anchors = Unnamed(preset.Motion.Anchors),
        };
        return preset with
        {
            Generator = GeneratorSettings.Default with { Universe = preset.Generator.Universe },
            Motion = motion,
            Modulations = rows,
        };
    }

    private static LatentPoint[] Unnamed(IReadOnlyList<LatentPoint> points) => [.. points.Select(point => point.Name is { } name
        ? new LatentPoint(null, name.Aggregate(0UL, (hash, c) => Philox.Hash(hash, NameStream, c)), point.At)
        : point)];

    private static void Note(ICollection<string> names, string name)
    {
        if (!names.Contains(name))
            names.Add(name);
    }
}
