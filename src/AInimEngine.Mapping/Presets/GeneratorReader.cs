using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>Reads the "generator" block of a preset.</summary>
internal static class GeneratorReader
{
    public const string BendPrefix = "bend.";
    public const int MaxBends = 32, MaxChannels = 1024;

    public static readonly string[] FieldKeys = ["type", "universe", "width", "style", "palette", "inputs"];
    public static readonly string[] ModelKeys =
        ["type", "universe", "width", "model", "truncation", "cutoff", "noise", "noise_seed", "precision", "class", "favourites", "bend", "inputs"];

    public static readonly string[] BendKeys = ["id", "layer", "group", "operation", "amount", "share", "seed", "channels", "parameter"];
    public static readonly string[] Groups = ["coarse", "mid", "fine"];

    private const string TruncationInput = "model.truncation";

    public static GeneratorSettings Read(JsonNode node, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        var reader = new ObjectReader(node, "generator", null, fail);
        string type = reader.RequireText("type");
        if (!GeneratorSettings.Types.Contains(type))
            throw fail(reader.Require("type").At, $"unknown generator type {JsonText.Quote(type)}{Suggestion.For(type, GeneratorSettings.Types)}");
        bool isModel = type == GeneratorSettings.ModelType;
        _ = new ObjectReader(node, "generator", isModel ? ModelKeys : FieldKeys, fail);

        ModelSettings? model = isModel ? ReadModel(reader, vocabulary, fail) : null;
        Parameter[] rows = [.. RowsOf(type, model, vocabulary)];
        List<InputValue> inputs = ReadInputs(reader, rows, fail);
        if (isModel && reader.Find("truncation") is { } truncation)
        {
            if (inputs.Exists(input => input.Name == TruncationInput))
                throw fail(truncation.At, $"truncation stands here and in inputs as '{TruncationInput}'; leave one of them out");
            Parameter row = vocabulary.Parameters.Find(TruncationInput) ?? Unbounded("truncation");
            inputs.Add(new InputValue(TruncationInput, ObjectReader.CheckedNumber(truncation, row, fail), truncation.At));
        }
        return new GeneratorSettings(
            type,
            (int)reader.Number("universe", MappingParameters.Row("generator.universe")),
            (int)reader.Number("width", MappingParameters.Row("generator.width")),
            inputs,
            ReadChoice(reader, $"{type}.style", "style", vocabulary, fail),
            ReadChoice(reader, $"{type}.palette", "palette", vocabulary, fail)) { Model = model };
    }

    /// <summary>The rows of a generator's inputs as far as the preset alone tells: those of its type, and one for every bend.</summary>
    public static IEnumerable<Parameter> RowsOf(string type, ModelSettings? model, PresetVocabulary vocabulary) =>
        vocabulary.RowsOf(type).Where(row => !MappingParameters.Model.Contains(row)).Concat(model?.Bends.Select(BendRow) ?? []);

    /// <summary>The row of a bend's amount.</summary>
    public static Parameter BendRow(BendSettings bend) =>
        MappingParameters.Row("bend.amount") with { Id = BendPrefix + bend.Id, Default = bend.Amount };

    private static ModelSettings ReadModel(ObjectReader reader, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        string name = reader.RequireText("model", 400);
        if (name.Length == 0)
            throw fail(reader.Require("model").At, "'model' must name a model or its file");
        return new ModelSettings(name)
        {
            NameAt = reader.Require("model").At,
            Width = reader.Find("width") is null ? null : (int)reader.Number("width", MappingParameters.Row("generator.width")),
            Cutoff = reader.Find("cutoff") is null ? null : (int)reader.Number("cutoff", MappingParameters.Row("model.cutoff")),
            Noise = ReadWord(reader, "noise", ModelSettings.NoiseWords, fail),
            NoiseSeed = (int)reader.Number("noise_seed", MappingParameters.Row("model.noise_seed")),
            Precision = ReadWord(reader, "precision", ModelSettings.PrecisionWords, fail),
            Class = ReadClass(reader, fail),
            ClassAt = reader.Find("class")?.At ?? default,
            Favourites = reader.Find("favourites") is null ? null : reader.RequireText("favourites", 400),
            Bends = ReadBends(reader.List("bend", MaxBends), vocabulary, fail),
        };
    }

    private static string ReadWord(ObjectReader reader, string key, IReadOnlyList<string> words, Func<TextPosition, string, Exception> fail)
    {
        string word = reader.Text(key, words[0], 80);
        return words.Contains(word) ? word : throw fail(reader.Require(key).At, $"unknown {key} {JsonText.Quote(word)}{Suggestion.For(word, words)}");
    }

    private static string? ReadClass(ObjectReader reader, Func<TextPosition, string, Exception> fail) => reader.Find("class") switch
    {
        null => null,
        { Kind: JsonKind.Text, Text.Length: > 0 and <= 200 } text => text.Text,
        { Kind: JsonKind.Number, Number: >= 0 and <= 99999 } number when number.Number == Math.Floor(number.Number) => ((int)number.Number).ToString(System.Globalization.CultureInfo.InvariantCulture),
        { } other => throw fail(other.At, "'class' must be the name or the whole number of a class"),
    };

    private static List<BendSettings> ReadBends(IReadOnlyList<JsonNode> nodes, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        var bends = new List<BendSettings>();
        foreach (JsonNode node in nodes)
        {
            var reader = new ObjectReader(node, "a bend", BendKeys, fail);
            string id = reader.RequireText("id", 40), operation = reader.RequireText("operation", 40);
            if (!PresetReader.IsPlainName(id))
                throw fail(reader.Require("id").At, $"id {JsonText.Quote(id)} must begin with a lower-case letter and hold only lower-case letters, digits, '-' and '_'");
            if (bends.Exists(other => other.Id == id))
                throw fail(reader.Require("id").At, $"there are two bends with the id '{id}'");
            if (vocabulary.GeneratorWords.TryGetValue("model.operation", out IReadOnlyList<string>? words) && !words.Contains(operation))
                throw fail(reader.Require("operation").At, $"unknown operation {JsonText.Quote(operation)}{Suggestion.For(operation, words)}");
            string? group = reader.Find("group") is null ? null : ReadWord(reader, "group", Groups, fail);
            if ((group is null) == (reader.Find("layer") is null))
                throw fail(node.At, "a bend needs its place: either 'layer', a number, or 'group', one of coarse, mid and fine");
            bends.Add(new BendSettings(id, operation)
            {
                Layer = group is null ? (int)reader.Number("layer", MappingParameters.Row("bend.layer")) : null,
                Group = group,
                Amount = reader.Number("amount", MappingParameters.Row("bend.amount")),
                Share = reader.Number("share", MappingParameters.Row("bend.share")),
                Seed = (int)reader.Number("seed", MappingParameters.Row("bend.seed")),
                Parameter = reader.Number("parameter", MappingParameters.Row("bend.parameter")),
                Channels = [.. reader.List("channels", MaxChannels).Select(channel => Channel(channel, fail))],
                At = node.At,
            });
        }
        return bends;
    }

    private static int Channel(JsonNode node, Func<TextPosition, string, Exception> fail) =>
        node is { Kind: JsonKind.Number, Number: >= 0 and <= 65535 } && node.Number == Math.Floor(node.Number)
            ? (int)node.Number
            : throw fail(node.At, "a channel is a whole number from 0");

    private static List<InputValue> ReadInputs(ObjectReader reader, Parameter[] rows, Func<TextPosition, string, Exception> fail)
    {
        var inputs = new List<InputValue>();
        if (reader.Find("inputs") is not { } block)
            return inputs;
        foreach (JsonMember member in new ObjectReader(block, "generator.inputs", rows.Length > 0 ? [.. rows.Select(row => row.Id)] : null, fail).Members)
        {
            Parameter row = rows.FirstOrDefault(known => known.Id == member.Key) ?? Unbounded(JsonText.Quote(member.Key));
            inputs.Add(new InputValue(member.Key, ObjectReader.CheckedNumber(member.Value, row, fail), member.Value.At));
        }
        return inputs;
    }

    private static Parameter Unbounded(string id) => new(id, "", float.MinValue, float.MaxValue, 0, "");

    private static string? ReadChoice(ObjectReader reader, string owner, string key, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        if (reader.Find(key) is not { } node)
            return null;
        string word = reader.RequireText(key, 80);
        if (vocabulary.GeneratorWords.TryGetValue(owner, out IReadOnlyList<string>? words) && !words.Contains(word))
            throw fail(node.At, $"unknown {key} {JsonText.Quote(word)}{Suggestion.For(word, words)}");
        return word;
    }
}
