using System.Text.Json;
using System.Text.RegularExpressions;

namespace AInimEngine.Mapping.Tests.Support;

/// <summary>
/// The part of JSON Schema 2020-12 that our schema uses, written apart from the reader so that one can judge the other.
/// A keyword that it does not know is an error: it must not pass by being overlooked.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    /// <summary>Says the first thing that is wrong, or null.</summary>
    public string? Find(JsonElement value) => Find(root, value, "$");

    private string? Find(JsonElement schema, JsonElement value, string path)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
            if (Apply(schema, keyword, value, path) is { } fault)
                return fault;
        return null;
    }

    private string? Apply(JsonElement schema, JsonProperty keyword, JsonElement value, string path)
    {
        JsonElement rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$schema" or "title" or "description" or "default" or "$defs" or "then":
                return null;
            case "$ref":
                return Find(root.GetProperty("$defs").GetProperty(rule.GetString()!["#/$defs/".Length..]), value, path);
            case "type":
                return HasType(rule.GetString()!, value) ? null : $"{path} is no {rule}";
            case "const":
                return JsonElement.DeepEquals(rule, value) ? null : $"{path} is not {rule}";
            case "enum":
                return rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? null : $"{path} is none of the known words";
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!) ? null : $"{path} does not match {rule}";
            case "maxLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= rule.GetInt32() ? null : $"{path} is too long";
            case "maxItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32() ? null : $"{path} has too many entries";
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble() ? null : $"{path} is below {rule}";
            case "maximum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble() ? null : $"{path} is above {rule}";
            case "required":
                return rule.EnumerateArray().FirstOrDefault(key => !value.TryGetProperty(key.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing
                    ? $"{path} lacks {missing}" : null;
            case "properties":
                return value.ValueKind != JsonValueKind.Object ? null : value.EnumerateObject()
                    .Where(member => rule.TryGetProperty(member.Name, out _))
                    .Select(member => Find(rule.GetProperty(member.Name), member.Value, $"{path}.{member.Name}"))
                    .FirstOrDefault(fault => fault is not null);
            case "additionalProperties":
                Assert.False(rule.GetBoolean());
                return value.ValueKind != JsonValueKind.Object ? null : value.EnumerateObject()
                    .Where(member => !schema.GetProperty("properties").TryGetProperty(member.Name, out _) && Patterned(schema, member.Name) is null)
                    .Select(member => $"{path} has the unknown key {member.Name}")
                    .FirstOrDefault();
            case "patternProperties":
                return value.ValueKind != JsonValueKind.Object ? null : value.EnumerateObject()
                    .Select(member => Patterned(schema, member.Name) is { } pattern ? Find(pattern, member.Value, $"{path}.{member.Name}") : null)
                    .FirstOrDefault(fault => fault is not null);
            case "items":
                return value.ValueKind != JsonValueKind.Array ? null : value.EnumerateArray()
                    .Select((item, index) => Find(rule, item, $"{path}[{index}]"))
                    .FirstOrDefault(fault => fault is not null);
            case "anyOf":
                return rule.EnumerateArray().Any(branch => Find(branch, value, path) is null) ? null : $"{path} fits no branch";
            case "allOf":
                return rule.EnumerateArray().Select(branch => Find(branch, value, path)).FirstOrDefault(fault => fault is not null);
            case "if":
                return Find(rule, value, path) is null ? Find(schema.GetProperty("then"), value, path) : null;
            default:
                throw new NotSupportedException($"the schema uses '{keyword.Name}'");
        }
    }

    private static JsonElement? Patterned(JsonElement schema, string name)
    {
        if (!schema.TryGetProperty("patternProperties", out JsonElement patterns))
            return null;
        foreach (JsonProperty pattern in patterns.EnumerateObject())
            if (Regex.IsMatch(name, pattern.Name))
                return pattern.Value;
        return null;
    }

    private static bool HasType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Math.Floor(value.GetDouble()),
        _ => throw new NotSupportedException(type),
    };
}
