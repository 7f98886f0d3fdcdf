namespace AInimEngine.Mapping.Json;

/// <summary>A JSON value that knows where it stands in its file, so that errors about its meaning can say so.</summary>
internal sealed class JsonNode(JsonKind kind, TextPosition at)
{
    public JsonKind Kind { get; } = kind;

    public TextPosition At { get; } = at;

    public string Text { get; init; } = "";

    public double Number { get; init; }

    public bool Boolean { get; init; }

    public List<JsonNode> Items { get; } = [];

    public List<JsonMember> Members { get; } = [];

    public JsonMember? Find(string key)
    {
        foreach (JsonMember member in Members)
            if (member.Key == key)
                return member;
        return null;
    }

    /// <summary>"an object", for messages.</summary>
    public string KindName => Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "true or false",
        JsonKind.Number => "a number",
        JsonKind.Text => "a text",
        JsonKind.Array => "a list",
        _ => "an object",
    };
}
