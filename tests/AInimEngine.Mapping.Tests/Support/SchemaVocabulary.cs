using System.Text.Json;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Presets;

namespace AInimEngine.Mapping.Tests.Support;

/// <summary>
/// Reads presets/schema.json back into a vocabulary: this room may not know the shaders, the generator and the analysis,
/// but the schema says what they offer.
/// </summary>
internal static class SchemaVocabulary
{
    public static PresetVocabulary Read(JsonElement schema)
    {
        var table = new ParameterTable();
        JsonElement properties = schema.GetProperty("properties");
        foreach (JsonProperty input in properties.GetProperty("generator").GetProperty("properties").GetProperty("inputs").GetProperty("properties").EnumerateObject())
            table.Register(Row(input.Name, input.Value));

        JsonElement pass = properties.GetProperty("post").GetProperty("items");
        string[] shaders = [.. pass.GetProperty("properties").GetProperty("shader").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!)];
        foreach (JsonElement branch in pass.GetProperty("allOf").EnumerateArray())
        {
            string shader = branch.GetProperty("if").GetProperty("properties").GetProperty("shader").GetProperty("const").GetString()!;
            foreach (JsonProperty value in branch.GetProperty("then").GetProperty("properties").GetProperty("values").GetProperty("properties").EnumerateObject())
                table.Register(Row($"{shader}.{value.Name}", value.Value));
        }
        return new PresetVocabulary(Features(schema), shaders, table)
        {
            GeneratorWords = Words(properties.GetProperty("generator").GetProperty("properties")),
            Patterns = Patterns(schema),
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> Words(JsonElement generator)
    {
        var words = new Dictionary<string, IReadOnlyList<string>>();
        foreach (string key in new[] { "style", "palette" })
            if (generator.GetProperty(key).TryGetProperty("enum", out JsonElement list))
                words["field." + key] = [.. list.EnumerateArray().Select(word => word.GetString()!)];
        JsonElement operation = generator.GetProperty("bend").GetProperty("items").GetProperty("properties").GetProperty("operation");
        if (operation.TryGetProperty("enum", out JsonElement operations))
            words["model.operation"] = [.. operations.EnumerateArray().Select(word => word.GetString()!)];
        return words;
    }

    private static SourcePattern[] Patterns(JsonElement schema) =>
    [
        .. schema.GetProperty("$defs").GetProperty("source").GetProperty("anyOf").EnumerateArray()
            .Where(source => source.TryGetProperty("pattern", out JsonElement pattern) && (pattern.GetString()!.StartsWith(@"^stem\.", StringComparison.Ordinal) || pattern.GetString()!.StartsWith(@"^midi\.", StringComparison.Ordinal)))
            .Select(source => new SourcePattern("", source.GetProperty("pattern").GetString()!, "", source.GetProperty("description").GetString()!)),
    ];

    private static FrameLayout Features(JsonElement schema)
    {
        var lengths = new List<(string Name, int Length)>();
        foreach (JsonElement word in schema.GetProperty("$defs").GetProperty("source").GetProperty("anyOf")[0].GetProperty("enum").EnumerateArray())
        {
            string name = word.GetString()!.Split('[')[0];
            if (lengths.Count > 0 && lengths[^1].Name == name)
                lengths[^1] = (name, lengths[^1].Length + 1);
            else
                lengths.Add((name, 1));
        }
        return new FrameLayout(lengths.Select(entry => new FrameField(entry.Name, entry.Length, "", 0, 1, "")));
    }

    private static Parameter Row(string id, JsonElement schema)
    {
        string description = schema.GetProperty("description").GetString()!;
        const string Mark = " Unit: ";
        int unit = description.LastIndexOf(Mark, StringComparison.Ordinal);
        return new Parameter(
            id,
            unit < 0 ? "" : description[(unit + Mark.Length)..^1],
            schema.GetProperty("minimum").GetSingle(),
            schema.GetProperty("maximum").GetSingle(),
            schema.GetProperty("default").GetSingle(),
            unit < 0 ? description : description[..unit],
            schema.GetProperty("type").GetString() == "integer" ? ParameterCurve.Integer : ParameterCurve.Linear);
    }
}
