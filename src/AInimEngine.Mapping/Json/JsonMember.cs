namespace AInimEngine.Mapping.Json;

/// <summary>A key and its value, with the place of the key.</summary>
internal sealed record JsonMember(string Key, TextPosition KeyAt, JsonNode Value);
