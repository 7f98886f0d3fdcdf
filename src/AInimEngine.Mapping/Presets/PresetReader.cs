using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Json;
using AInimEngine.Mapping.Signals;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// Reads presets from JSON and refuses what is wrong with its line and column. Throws nothing but
/// <see cref="AInimException"/> with <see cref="ExitCode.Preset"/>.
/// </summary>
public static class PresetReader
{
    internal const int MaxModulations = 256, MaxPasses = 32, MaxBands = 8;
    internal const string BandsField = "bands", BandPrefix = "bands.";
    internal const double LowestBand = 20, HighestBand = 20000;
    internal static readonly string[] BandKeys = ["name", "from", "to"];

    internal static readonly string[] Keys = ["$schema", "version", "name", "description", "generator", "bands", "motion", "modulations", "post"];
    internal static readonly string[] PassKeys = ["shader", "id", "values"];
    internal static readonly string[] ModulationKeys =
        ["source", "target", "mode", "gain", "offset", "curve", "exponent", "threshold", "attack", "release", "fatigue", "min", "max"];

    /// <summary>Reads a preset file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">What it may speak of.</param>
    public static Preset Read(string path, PresetVocabulary vocabulary)
    {
        byte[] bytes;
        try
        {
            bytes = SmallFile.Read(path, JsonText.MaxBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new AInimException(ExitCode.Preset, $"cannot read preset {JsonText.Quote(path, 200)}: {(exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message.ReplaceLineEndings(" "))}", exception);
        }
        return Parse(bytes, path, vocabulary) with { Text = bytes };
    }

    /// <summary>Reads a preset from UTF-8 text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="origin">How errors name it.</param>
    /// <param name="vocabulary">What it may speak of.</param>
    public static Preset Parse(ReadOnlySpan<byte> utf8, string origin, PresetVocabulary vocabulary)
    {
        Func<TextPosition, string, Exception> fail = (at, message) => Preset.ErrorIn(origin, at, message);
        var root = new ObjectReader(JsonText.Parse(utf8, fail), "the preset", Keys, fail);
        root.Text("$schema", "");
        CheckVersion(root.Require("version"), fail);
        GeneratorSettings generator = root.Find("generator") is { } block ? GeneratorReader.Read(block, vocabulary, fail) : GeneratorSettings.Default;
        List<PresetBand> bands = ReadBands(root.List("bands", MaxBands), fail);
        List<ShaderPass> post = ReadPost(root.List("post", MaxPasses), vocabulary, fail);
        return new Preset(
            root.RequireText("name", 80),
            root.Text("description", ""),
            generator,
            root.Find("motion") is { } motion ? MotionReader.Read(motion, (reader, key, otherwise) => ReadSource(reader, key, otherwise, bands, vocabulary, fail), fail) : MotionSettings.Default,
            ReadModulations(root.List("modulations", MaxModulations), generator, bands, post, vocabulary, fail),
            post,
            origin) { Bands = bands };
    }

    private static List<PresetBand> ReadBands(IReadOnlyList<JsonNode> nodes, Func<TextPosition, string, Exception> fail)
    {
        var bands = new List<PresetBand>();
        foreach (JsonNode node in nodes)
        {
            var reader = new ObjectReader(node, "a band", BandKeys, fail);
            string name = reader.RequireText("name", 40);
            if (!IsPlainName(name))
                throw fail(reader.Require("name").At, $"name {JsonText.Quote(name)} must begin with a lower-case letter and hold only lower-case letters, digits, '-' and '_'");
            if (bands.Exists(other => other.Name == name))
                throw fail(reader.Require("name").At, $"there are two bands with the name '{name}'");
            double from = Edge(reader, "from", fail), to = Edge(reader, "to", fail);
            if (to <= from)
                throw fail(reader.Require("to").At, $"to = {to:g6} Hz is not above from = {from:g6} Hz");
            bands.Add(new PresetBand(name, from, to, node.At));
        }
        return bands;
    }

    private static double Edge(ObjectReader reader, string key, Func<TextPosition, string, Exception> fail)
    {
        JsonNode node = reader.Require(key);
        return node is { Kind: JsonKind.Number, Number: >= LowestBand and <= HighestBand }
            ? node.Number
            : throw fail(node.At, $"{key} must be a number of Hz in {LowestBand:g6}..{HighestBand:g6}");
    }

    internal static bool IsPlainName(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');

    /// <summary>A source with the name of a band replaced by its number.</summary>
    private static string Resolve(string source, TextPosition at, List<PresetBand> bands, Func<TextPosition, string, Exception> fail)
    {
        if (!source.StartsWith(BandPrefix, StringComparison.Ordinal))
            return source;
        string name = source[BandPrefix.Length..];
        int index = bands.FindIndex(band => band.Name == name);
        return index >= 0
            ? $"{BandsField}[{index}]"
            : throw fail(at, $"unknown band {JsonText.Quote(name)}{(bands.Count > 0 ? Suggestion.For(name, bands.Select(band => band.Name)) : "; name it under \"bands\" first")}");
    }

    private static void CheckVersion(JsonNode node, Func<TextPosition, string, Exception> fail)
    {
        if (node.Kind != JsonKind.Number)
            throw fail(node.At, $"version must be the number {Preset.FormatVersion}, found {node.KindName}");
        if (node.Number != Preset.FormatVersion)
            throw fail(node.At, $"version {JsonText.Quote(node.Text)} is not known; this program reads version {Preset.FormatVersion}");
    }

    private static List<ShaderPass> ReadPost(IReadOnlyList<JsonNode> nodes, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        var post = new List<ShaderPass>();
        foreach (JsonNode node in nodes)
        {
            var reader = new ObjectReader(node, "a pass of post", PassKeys, fail);
            string shader = reader.RequireText("shader");
            if (!vocabulary.Shaders.Contains(shader))
                throw fail(reader.Require("shader").At, $"unknown shader {JsonText.Quote(shader)}{Suggestion.For(shader, vocabulary.Shaders)}");
            string id = reader.Text("id", shader, 40);
            if (!IsPlainName(id))
                throw fail(reader.Find("id")?.At ?? node.At, $"id {JsonText.Quote(id)} must begin with a lower-case letter and hold only lower-case letters, digits, '-' and '_'");
            if (post.Exists(other => other.Id == id))
                throw fail(reader.Find("id")?.At ?? node.At, $"the post chain has two passes with the id '{id}'; give this one another, e.g. \"id\": \"{id}2\"");
            post.Add(new ShaderPass(shader, id, ReadValues(reader, shader, vocabulary, fail)));
        }
        return post;
    }

    private static Dictionary<string, float> ReadValues(ObjectReader pass, string shader, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        var values = new Dictionary<string, float>(StringComparer.Ordinal);
        if (pass.Find("values") is not { } node)
            return values;
        string[] names = [.. vocabulary.RowsOf(shader).Select(row => row.Id[(shader.Length + 1)..])];
        foreach (JsonMember member in new ObjectReader(node, $"values of shader '{shader}'", names, fail).Members)
            values.Add(member.Key, ObjectReader.CheckedNumber(member.Value, vocabulary.Parameters.Find($"{shader}.{member.Key}")!, fail));
        return values;
    }

    private static List<Modulation> ReadModulations(
        IReadOnlyList<JsonNode> nodes, GeneratorSettings generator, List<PresetBand> bands, List<ShaderPass> post, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        Parameter[] rows = [.. GeneratorReader.RowsOf(generator.Type, generator.Model, vocabulary)];
        var modulations = new List<Modulation>();
        foreach (JsonNode node in nodes)
        {
            var reader = new ObjectReader(node, "a modulation", ModulationKeys, fail);
            Modulation row = ReadModulation(node, reader, bands, fail);
            CheckTarget(row, rows, post, vocabulary, fail);
            modulations.Add(row);
        }
        return modulations;
    }

    private static void CheckTarget(
        Modulation row, Parameter[] inputs, List<ShaderPass> post, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        var singles = new List<Modulation>();
        if (BlockRows.Expand(row, vocabulary.Features, inputs, singles) is { } mismatch)
            throw fail(row.SourceAt, mismatch);
        foreach (Modulation single in singles)
        {
            if (TargetName.Find(single.Target, post, vocabulary.Parameters, inputs.Length > 0 ? inputs : null, out Parameter? target) is { } reason)
                throw fail(row.TargetAt, reason);
            // A whole field may only meet a whole field, and which inputs are fields may not be known before the mapper is made.
            bool isLeftToMapper = target is null && BlockRows.SourceLength(single.Source, vocabulary.Features) > 1;
            if (!isLeftToMapper && SourceName.Check(vocabulary.Features, single.Source) is { } unknown)
                throw fail(row.SourceAt, unknown);
            if (target is not null && ModulationCheck.Find(single, target) is { } fault)
                throw fail(fault.At, fault.Message);
        }
    }

    private static Modulation ReadModulation(JsonNode node, ObjectReader reader, List<PresetBand> bands, Func<TextPosition, string, Exception> fail)
    {
        return new Modulation
        {
            Source = Resolve(reader.RequireText("source"), reader.Require("source").At, bands, fail),
            Target = reader.RequireText("target"),
            Mode = reader.Word("mode", ModulationMode.Add),
            Curve = reader.Word("curve", ModulationCurve.Linear),
            Gain = Number("gain"),
            Offset = Number("offset"),
            Exponent = Number("exponent"),
            Threshold = Number("threshold"),
            Attack = Number("attack"),
            Release = Number("release"),
            Fatigue = Number("fatigue"),
            Min = Number("min"),
            Max = Number("max"),
            At = node.At,
            SourceAt = reader.Find("source")!.At,
            TargetAt = reader.Require("target").At,
            MinAt = reader.Find("min")?.At ?? default,
            MaxAt = reader.Find("max")?.At ?? default,
        };

        float Number(string key) => reader.Number(key, MappingParameters.Row("modulation." + key));
    }

    private static string ReadSource(ObjectReader reader, string key, string otherwise, List<PresetBand> bands, PresetVocabulary vocabulary, Func<TextPosition, string, Exception> fail)
    {
        string source = Resolve(reader.Text(key, otherwise), reader.Find(key)?.At ?? reader.At, bands, fail);
        if (SourceName.Check(vocabulary.Features, source) is { } reason)
            throw fail(reader.Find(key)?.At ?? reader.At, reason);
        return source;
    }
}
