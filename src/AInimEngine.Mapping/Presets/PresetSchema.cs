using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Signals;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// Makes presets/schema.json (JSON Schema, draft 2020-12), so that editors complete and check presets. It says what
/// <see cref="PresetReader"/> checks, except that a target's pass is in the chain and that values fit their target.
/// </summary>
public static class PresetSchema
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as JSON text with a final newline; the same vocabulary gives the same text.</summary>
    public static string Generate(PresetVocabulary vocabulary)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "AInimEngine preset",
            ["description"] = "What a video looks like and how it moves. Made from the parameter table by 'ainim presets schema'.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("version", "name"),
            ["properties"] = new JsonObject
            {
                ["$schema"] = Text("Where this schema lies, for editors."),
                ["version"] = new JsonObject { ["const"] = Preset.FormatVersion, ["description"] = "Version of the format." },
                ["name"] = new JsonObject { ["type"] = "string", ["maxLength"] = 80, ["description"] = "Name for people." },
                ["description"] = new JsonObject { ["type"] = "string", ["maxLength"] = 1000, ["description"] = "One or two sentences for people." },
                ["generator"] = Generator(vocabulary),
                ["bands"] = Bands(),
                ["motion"] = Motion(),
                ["modulations"] = new JsonObject
                {
                    ["type"] = "array",
                    ["maxItems"] = PresetReader.MaxModulations,
                    ["description"] = "What each sound feature moves, applied in order.",
                    ["items"] = Modulation(),
                },
                ["post"] = new JsonObject
                {
                    ["type"] = "array",
                    ["maxItems"] = PresetReader.MaxPasses,
                    ["description"] = "The shaders that finish the picture, in order.",
                    ["items"] = Pass(vocabulary),
                },
            },
            ["$defs"] = new JsonObject { ["source"] = Source(vocabulary), ["target"] = Target(vocabulary) },
        };
        return schema.ToJsonString(Format) + "\n";
    }

    private static JsonObject Generator(PresetVocabulary vocabulary)
    {
        var inputs = new JsonObject();
        foreach (string type in GeneratorSettings.Types)
            foreach (Parameter row in vocabulary.RowsOf(type))
                inputs[row.Id] = Number(row);
        JsonObject properties = new()
        {
            ["type"] = Words(GeneratorSettings.Types, "\"field\" is the embedded generator, \"model\" plays trained weights."),
            ["universe"] = Number(MappingParameters.Row("generator.universe")),
            ["width"] = Number(MappingParameters.Row("generator.width")),
            ["style"] = Words(ChoicesOf(vocabulary, "style"), "How the generator draws; without it, the universe decides."),
            ["palette"] = Words(ChoicesOf(vocabulary, "palette"), "Its colours; without it, the universe decides."),
            ["inputs"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "Base values of the generator's inputs.",
                ["additionalProperties"] = false,
                ["properties"] = inputs,
                ["patternProperties"] = new JsonObject { ["^bend\\.[a-z][a-z0-9_-]*$"] = Number(MappingParameters.Row("bend.amount")) },
            },
        };
        ModelSchema.AddTo(properties, vocabulary);
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = "The generator that makes the pictures.",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("type"),
            ["properties"] = properties,
        };
    }

    private static JsonObject Bands() => new()
    {
        ["type"] = "array",
        ["maxItems"] = PresetReader.MaxBands,
        ["description"] = "Bands of the spectrum to listen to: the level of one is the source \"bands.{name}\".",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("name", "from", "to"),
            ["properties"] = new JsonObject
            {
                ["name"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[a-z][a-z0-9_-]{0,39}$", ["description"] = "Name in sources." },
                ["from"] = new JsonObject { ["type"] = "number", ["minimum"] = PresetReader.LowestBand, ["maximum"] = PresetReader.HighestBand, ["description"] = "Lower edge, Hz." },
                ["to"] = new JsonObject { ["type"] = "number", ["minimum"] = PresetReader.LowestBand, ["maximum"] = PresetReader.HighestBand, ["description"] = "Upper edge, Hz; at least 23.5 above the lower." },
            },
        },
    };

    private static IEnumerable<string> ChoicesOf(PresetVocabulary vocabulary, string key) => GeneratorSettings.Types
        .SelectMany(type => vocabulary.GeneratorWords.TryGetValue($"{type}.{key}", out IReadOnlyList<string>? words) ? words : []);

    private static JsonObject Motion()
    {
        var properties = new JsonObject
        {
            ["energy"] = Reference("source", "The feature whose level drives the speed.", MotionSettings.Default.EnergySource),
            ["onset"] = Reference("source", "The feature whose peaks push the latents.", MotionSettings.Default.OnsetSource),
            ["waypoints"] = ModelSchema.Waypoints(),
            ["places"] = ModelSchema.Points(MotionReader.MaxPlaces, "The places of \"waypoints\": favourites by name, or seeds."),
            ["anchors"] = ModelSchema.Anchors(),
        };
        foreach (Parameter row in MappingParameters.Motion)
            properties[row.Id["motion.".Length..]] = Number(row);
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = "How the latents move.",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    private static JsonObject Modulation()
    {
        var properties = new JsonObject
        {
            ["source"] = Reference("source", "The signal, 0..1.", null),
            ["target"] = Reference("target", "What moves.", null),
            ["mode"] = Words(Enum.GetValues<ModulationMode>().Select(ObjectReader.Spelling), "How the value meets what the target already has.", "add"),
            ["curve"] = Words(Enum.GetValues<ModulationCurve>().Select(ObjectReader.Spelling), "The shape.", "linear"),
        };
        foreach (Parameter row in MappingParameters.Modulation)
            properties[row.Id["modulation.".Length..]] = Number(row);
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("source", "target"),
            ["properties"] = properties,
        };
    }

    private static JsonObject Pass(PresetVocabulary vocabulary)
    {
        var branches = new JsonArray();
        foreach (string shader in vocabulary.Shaders)
        {
            var values = new JsonObject();
            foreach (Parameter row in vocabulary.RowsOf(shader))
                values[row.Id[(shader.Length + 1)..]] = Number(row);
            branches.Add(new JsonObject
            {
                ["if"] = new JsonObject { ["properties"] = new JsonObject { ["shader"] = new JsonObject { ["const"] = shader } }, ["required"] = new JsonArray("shader") },
                ["then"] = new JsonObject
                {
                    ["properties"] = new JsonObject { ["values"] = new JsonObject { ["additionalProperties"] = false, ["properties"] = values } },
                },
            });
        }
        var pass = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("shader"),
            ["properties"] = new JsonObject
            {
                ["shader"] = Words(vocabulary.Shaders, "File name in shaders/post without extension."),
                ["id"] = new JsonObject
                {
                    ["type"] = "string",
                    ["pattern"] = "^[a-z][a-z0-9_-]{0,39}$",
                    ["description"] = "Name of the pass in targets; the shader's name unless the chain uses it twice.",
                },
                ["values"] = new JsonObject { ["type"] = "object", ["description"] = "Base values of the shader's parameters." },
            },
        };
        // An empty list would be no valid schema.
        if (branches.Count > 0)
            pass["allOf"] = branches;
        return pass;
    }

    private static JsonObject Source(PresetVocabulary vocabulary) => new()
    {
        ["type"] = "string",
        ["anyOf"] = new JsonArray(
        [
            Words(vocabulary.SourceNames, "A sound feature."),
            Words(vocabulary.Normalised.Where(feature => feature.Length > 1).Select(feature => feature.Name), "A whole field of floats, for a target of as many."),
            Pattern("^raw\\.[a-z0-9_.]+(\\[[0-9]+\\])?$", "A feature before normalising, taken from its whole range to 0..1."),
            Pattern("^bands\\.[a-z][a-z0-9_-]*$", "The level of a band that the preset names under \"bands\"."),
            .. vocabulary.Patterns.Select(source => Pattern(source.Pattern, source.Description)),
            Pattern($"^({SourceName.LfoPrefix}|{SourceName.NoisePrefix})[0-9]*\\.?[0-9]+$", "\"lfo:0.1\" swings ten seconds long, \"noise:0.1\" wanders as slowly."),
        ]),
    };

    private static JsonObject Target(PresetVocabulary vocabulary)
    {
        IEnumerable<string> names = MappingParameters.MotionTargets
            .Concat(MappingParameters.Latent.Select(row => row.Id))
            .Concat(GeneratorSettings.Types.SelectMany(vocabulary.RowsOf).SelectMany(row => row.Id.EndsWith("[0]", StringComparison.Ordinal) ? [row.Id[..^3], row.Id] : new[] { row.Id }))
            .Concat(vocabulary.Shaders.SelectMany(vocabulary.RowsOf).Select(row => TargetName.PostPrefix + row.Id));
        return new JsonObject
        {
            ["type"] = "string",
            ["anyOf"] = new JsonArray(
                Words(names, "What a feature can move."),
                Pattern("^latent\\.layer\\[[0-9]+\\]$", "A single layer of the latents."),
                Pattern("^bend\\.[a-z][a-z0-9_-]*$", "The amount of a bend of the generator."),
                Pattern("^post\\.[a-z][a-z0-9_-]*\\.[A-Za-z0-9_]+$", "A parameter of a pass with its own id.")),
        };
    }

    internal static JsonObject Number(Parameter row)
    {
        var schema = new JsonObject
        {
            ["type"] = row.Curve == ParameterCurve.Integer ? "integer" : "number",
            ["minimum"] = row.Min,
            ["maximum"] = row.Max,
            ["default"] = row.Default,
        };
        schema["description"] = row.Unit.Length > 0 ? $"{row.Description} Unit: {row.Unit}." : row.Description;
        return schema;
    }

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    internal static JsonObject Pattern(string pattern, string description) =>
        new() { ["type"] = "string", ["pattern"] = pattern, ["description"] = description };

    internal static JsonObject Words(IEnumerable<string> words, string description, string? otherwise = null)
    {
        var schema = new JsonObject { ["type"] = "string" };
        JsonArray known = [.. words.Select(word => JsonValue.Create(word))];
        if (known.Count > 0)
            schema["enum"] = known;
        if (otherwise is not null)
            schema["default"] = otherwise;
        schema["description"] = description;
        return schema;
    }

    private static JsonObject Reference(string definition, string description, string? otherwise)
    {
        var schema = new JsonObject { ["$ref"] = $"#/$defs/{definition}", ["description"] = description };
        if (otherwise is not null)
            schema["default"] = otherwise;
        return schema;
    }
}
