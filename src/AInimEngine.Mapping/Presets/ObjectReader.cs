using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>Reads one JSON object key by key, refusing keys that nobody asked for and values of the wrong type.</summary>
internal sealed class ObjectReader
{
    private readonly JsonNode _node;
    private readonly string _where;
    private readonly Func<TextPosition, string, Exception> _fail;

    /// <summary>Checks the keys.</summary>
    /// <param name="node">Must be an object.</param>
    /// <param name="where">"motion", "the preset", for messages.</param>
    /// <param name="keys">The keys that may stand here; null leaves that to the caller.</param>
    /// <param name="fail">Makes the exception.</param>
    public ObjectReader(JsonNode node, string where, IReadOnlyList<string>? keys, Func<TextPosition, string, Exception> fail)
    {
        _node = node;
        _where = where;
        _fail = fail;
        if (node.Kind != JsonKind.Object)
            throw fail(node.At, $"{where} must be an object, found {node.KindName}");
        if (keys is null)
            return;
        foreach (JsonMember member in node.Members)
            if (!keys.Contains(member.Key))
                throw fail(member.KeyAt, $"unknown key {JsonText.Quote(member.Key)} in {where}{Suggestion.For(member.Key, keys)}");
    }

    public TextPosition At => _node.At;

    public IReadOnlyList<JsonMember> Members => _node.Members;

    public JsonNode? Find(string key) => _node.Find(key)?.Value;

    public JsonNode Require(string key) => Find(key) ?? throw _fail(_node.At, $"{_where} lacks the key '{key}'");

    public string Text(string key, string otherwise, int maxLength = 1000) =>
        Find(key) is { } node ? AsText(key, node, maxLength) : otherwise;

    public string RequireText(string key, int maxLength = 1000) => AsText(key, Require(key), maxLength);

    public IReadOnlyList<JsonNode> List(string key, int maxCount)
    {
        if (Find(key) is not { } node)
            return [];
        if (node.Kind != JsonKind.Array)
            throw _fail(node.At, $"'{key}' must be a list, found {node.KindName}");
        if (node.Items.Count > maxCount)
            throw _fail(node.Items[maxCount].At, $"'{key}' has {node.Items.Count} entries; at most {maxCount} are allowed");
        return node.Items;
    }

    /// <summary>Reads a number against the row whose id ends in the key; the row's default when it is absent.</summary>
    public float Number(string key, Parameter row) => Find(key) is { } node ? CheckedNumber(node, row, _fail) : row.Default;

    /// <summary>Reads a word of a list.</summary>
    public T Word<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (Find(key) is not { } node)
            return otherwise;
        string text = AsText(key, node, 1000);
        foreach (T value in Enum.GetValues<T>())
            if (Spelling(value) == text)
                return value;
        throw _fail(node.At, $"unknown {key} {JsonText.Quote(text)}{Suggestion.For(text, Enum.GetValues<T>().Select(Spelling))}");
    }

    /// <summary>How a preset writes an enum value.</summary>
    public static string Spelling<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Reads a number that must lie in a row's range, and be whole where the row counts.</summary>
    public static float CheckedNumber(JsonNode node, Parameter row, Func<TextPosition, string, Exception> fail)
    {
        if (node.Kind != JsonKind.Number)
            throw fail(node.At, $"{row.Id} must be a number, found {node.KindName}");
        float value = (float)node.Number;
        if (!float.IsFinite(value) || value < row.Min || value > row.Max)
            throw fail(node.At, $"{row.Id} = {JsonText.Quote(node.Text).Trim('\'')} is outside {row.Min:g6}..{row.Max:g6}{(row.Unit.Length > 0 ? " " + row.Unit : "")}");
        if (row.Curve == ParameterCurve.Integer && value != MathF.Round(value))
            throw fail(node.At, $"{row.Id} = {JsonText.Quote(node.Text).Trim('\'')} must be a whole number");
        return value;
    }

    private string AsText(string key, JsonNode node, int maxLength)
    {
        if (node.Kind != JsonKind.Text)
            throw _fail(node.At, $"'{key}' in {_where} must be a text, found {node.KindName}");
        if (node.Text.Length > maxLength)
            throw _fail(node.At, $"'{key}' in {_where} has {node.Text.Length} characters; at most {maxLength} are allowed");
        return node.Text;
    }
}
