using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Signals;

namespace AInimEngine.Mapping;

/// <summary>
/// The control layout of a preset, a generator and a feature layout, with the value of every field that nothing moves.
/// </summary>
internal sealed class ControlPlan
{
    public const string FadeField = "output.fade";
    public const string AudioPrefix = "audio.";

    private readonly Dictionary<string, (int Offset, Parameter Row)> _targets = new(StringComparer.Ordinal);

    public ControlPlan(Preset preset, GeneratorInfo generator, FrameLayout features, ParameterTable parameters)
    {
        if (generator.Inputs.Count == 0 || generator.Inputs[0].Name != LatentLayout.FieldName || generator.Inputs[0].Length != generator.Latents.Size)
            throw new ArgumentException($"a generator's first input must be '{LatentLayout.FieldName}' with {generator.Latents.Size} floats", nameof(generator));

        FrameField[] heard = [.. features.Fields.Where(IsLevel)];
        Layout = new FrameLayout([
            .. generator.Inputs,
            .. preset.Post.SelectMany(pass => TargetName.RowsOf(parameters, pass.Shader).Select(row => PostField(pass, row))),
            new FrameField(FadeField, 1, "", 0, 1, "Brightness of the whole picture; 0 is black."),
            .. heard.Select(field => field with { Name = AudioPrefix + field.Name }),
        ]);
        Base = new float[Layout.Size];
        PlaceInputs(preset, generator);
        PlacePost(preset, parameters);
        Base[Layout.OffsetOf(FadeField)] = 1;
        Copies = PlanCopies(heard, features);
    }

    public FrameLayout Layout { get; }

    /// <summary>Every field's value when nothing moves it; the latent and the features are zero.</summary>
    public float[] Base { get; }

    /// <summary>Runs to copy from the feature frame: first source float, first control float, count.</summary>
    public IReadOnlyList<(int From, int To, int Count)> Copies { get; }

    /// <summary>The generator's rows, one per float.</summary>
    public List<Parameter> InputRows { get; } = [];

    /// <summary>Where a generator input or shader parameter lies and what it obeys.</summary>
    public bool TryFind(string target, out int offset, out Parameter row)
    {
        bool found = _targets.TryGetValue(target, out (int Offset, Parameter Row) entry);
        (offset, row) = entry;
        return found;
    }

    /// <summary>Everything that can be set: id, where it lies, what it obeys.</summary>
    public IEnumerable<(string Id, int Offset, Parameter Row)> Targets => _targets.Select(target => (target.Key, target.Value.Offset, target.Value.Row));

    /// <summary>A feature that is a level of 0..1, as shaders get them; raw decibels and hertz stay behind.</summary>
    private static bool IsLevel(FrameField field) =>
        field is { Min: 0, Max: 1 } && !field.Name.StartsWith(SourceName.RawPrefix, StringComparison.Ordinal);

    private static FrameField PostField(ShaderPass pass, Parameter row) =>
        new(pass.FieldName(row.Id[(pass.Shader.Length + 1)..]), 1, row.Unit, row.Min, row.Max, row.Description);

    private void PlaceInputs(Preset preset, GeneratorInfo generator)
    {
        int next = 0;
        foreach (FrameField input in generator.Inputs.Skip(1))
        {
            for (int i = 0; i < input.Length; i++)
            {
                Parameter row = PresetVocabulary.InputRow(input, i, generator.Defaults[next++]);
                InputRows.Add(row);
                _targets.Add(row.Id, (Layout.OffsetOf(input.Name) + i, row));
                Base[Layout.OffsetOf(input.Name) + i] = row.Default;
            }
        }
        foreach (InputValue value in preset.Generator.Inputs)
        {
            if (!_targets.TryGetValue(value.Name, out (int Offset, Parameter Row) target))
                throw preset.Error(value.At, $"unknown generator input {Json.JsonText.Quote(value.Name)}{Json.Suggestion.For(value.Name, InputRows.Select(row => row.Id))}");
            if (!(value.Value >= target.Row.Min && value.Value <= target.Row.Max))
                throw preset.Error(value.At, $"{value.Name} = {value.Value:g6} is outside {target.Row.Min:g6}..{target.Row.Max:g6}");
            Base[target.Offset] = value.Value;
        }
    }

    private void PlacePost(Preset preset, ParameterTable parameters)
    {
        foreach (ShaderPass pass in preset.Post)
        {
            foreach (Parameter row in TargetName.RowsOf(parameters, pass.Shader))
            {
                string name = row.Id[(pass.Shader.Length + 1)..];
                int offset = Layout.OffsetOf(pass.FieldName(name));
                _targets.Add(pass.FieldName(name), (offset, row));
                Base[offset] = pass.Values.TryGetValue(name, out float value) ? value : row.Default;
            }
        }
    }

    private List<(int From, int To, int Count)> PlanCopies(FrameField[] heard, FrameLayout features)
    {
        var copies = new List<(int From, int To, int Count)>();
        foreach (FrameField field in heard)
        {
            int from = features.OffsetOf(field.Name), to = Layout.OffsetOf(AudioPrefix + field.Name);
            if (copies.Count > 0 && copies[^1] is var last && last.From + last.Count == from && last.To + last.Count == to)
                copies[^1] = last with { Count = last.Count + field.Length };
            else
                copies.Add((from, to, field.Length));
        }
        return copies;
    }
}
