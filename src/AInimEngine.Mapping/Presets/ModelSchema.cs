using System.Text.Json.Nodes;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Mapping.Presets;

/// <summary>The part of the preset's schema that trained models and named points of their latents need.</summary>
internal static class ModelSchema
{
    /// <summary>Adds the keys of a model to those of the generator.</summary>
    public static void AddTo(JsonObject properties, PresetVocabulary vocabulary)
    {
        properties["model"] = Text("Name of a model ('ainim models list'), or the path of its file. For type \"model\".");
        properties["truncation"] = PresetSchema.Number(vocabulary.Parameters.Find("model.truncation") ?? new Parameter("model.truncation", "", -1, 2, 1, "How far from the model's mean styles lie."));
        properties["cutoff"] = PresetSchema.Number(MappingParameters.Row("model.cutoff"));
        properties["noise"] = PresetSchema.Words(ModelSettings.NoiseWords, "Where the noise of its layers comes from: its own maps, none, maps of a seed, or a slow turn between two sets that model.noise_phase drives.", ModelSettings.NoiseWords[0]);
        properties["noise_seed"] = PresetSchema.Number(MappingParameters.Row("model.noise_seed"));
        properties["precision"] = PresetSchema.Words(ModelSettings.PrecisionWords, "In which numbers it is decoded: auto is fp32 in renders and what is fastest live.", ModelSettings.PrecisionWords[0]);
        properties["class"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "string", ["maxLength"] = 200 },
                new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 99999 }),
            ["description"] = "The class of a conditional model, by name or number; without it, every point draws its own.",
        };
        properties["favourites"] = Text("File of favourites that places and anchors name; without it, the one that goes with the model.");
        properties["bend"] = Bends(vocabulary);
    }

    /// <summary>"waypoints" of the motion.</summary>
    public static JsonObject Waypoints()
    {
        var schema = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                PresetSchema.Words(Enum.GetValues<WaypointMode>().Select(ObjectReader.Spelling), "A kind of journey."),
                Points(MotionReader.MaxPlaces, "The places of a round trip.")),
            ["default"] = "free",
            ["description"] = "Where the latents travel: every group freely, around a place for each kind of section, or round the listed places.",
        };
        return schema;
    }

    /// <summary>"anchors" of the motion.</summary>
    public static JsonObject Anchors() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["description"] = "The twelve styles that motion.chords mixes.",
        ["properties"] = new JsonObject
        {
            ["groups"] = new JsonObject
            {
                ["type"] = "array",
                ["maxItems"] = GeneratorReader.Groups.Length,
                ["items"] = PresetSchema.Words(GeneratorReader.Groups, "A latent group."),
                ["description"] = "The latent groups that are drawn; mid and fine if not given.",
            },
            ["points"] = Points(MotionReader.MaxAnchors, "Favourites or seeds from C on, repeated when fewer than twelve; seeded if not given."),
        },
    };

    /// <summary>A list of favourites and seeds.</summary>
    public static JsonObject Points(int most, string description) => new()
    {
        ["type"] = "array",
        ["maxItems"] = most,
        ["description"] = description,
        ["items"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "string", ["maxLength"] = 200 },
                new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 9007199254740992 }),
        },
    };

    private static JsonObject Bends(PresetVocabulary vocabulary)
    {
        var properties = new JsonObject
        {
            ["id"] = PresetSchema.Pattern("^[a-z][a-z0-9_-]{0,39}$", "Names the target \"bend.{id}\"."),
            ["operation"] = PresetSchema.Words(vocabulary.GeneratorWords.GetValueOrDefault("model.operation") ?? [], "What it does."),
            ["group"] = PresetSchema.Words(GeneratorReader.Groups, "Acts after the last layer of this group; or give a layer."),
            ["channels"] = new JsonObject
            {
                ["type"] = "array",
                ["maxItems"] = GeneratorReader.MaxChannels,
                ["description"] = "Chosen channels; without them, a share.",
                ["items"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 65535 },
            },
        };
        foreach (Parameter row in MappingParameters.Bend)
            properties[row.Id["bend.".Length..]] = PresetSchema.Number(row);
        return new JsonObject
        {
            ["type"] = "array",
            ["maxItems"] = GeneratorReader.MaxBends,
            ["description"] = "Transforms of the activations inside the network, in order; the target \"bend.{id}\" moves the amount.",
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["required"] = new JsonArray("id", "operation"),
                ["properties"] = properties,
            },
        };
    }

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["maxLength"] = 400, ["description"] = description };
}
