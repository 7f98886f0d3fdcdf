using System.Runtime.InteropServices;
using System.Text.Json;

namespace AInimEngine.Neural.Latents;

/// <summary>Directions as JSON: {"format": "ainim-directions", "version": 1, "model", "method", "w_dim", "directions": [{"name",
/// "first_layer", "layers", "strength", "image_change_per_unit", "extent", "vector"}]}; vectors are little-endian float32
/// in base64.</summary>
public static class DirectionFile
{
    /// <summary>Writes them.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="method">"sefa" or "ganspace".</param>
    /// <param name="directions">At least one.</param>
    public static void Write(Stream target, string model, string method, IReadOnlyList<LatentDirection> directions)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "ainim-directions");
        json.WriteNumber("version", 1);
        json.WriteString("model", model);
        json.WriteString("method", method);
        json.WriteNumber("w_dim", directions[0].Vector.Length);
        json.WriteStartArray("directions");
        foreach (LatentDirection direction in directions)
        {
            json.WriteStartObject();
            json.WriteString("name", direction.Name);
            json.WriteNumber("first_layer", direction.FirstLayer);
            json.WriteNumber("layers", direction.LayerCount);
            json.WriteNumber("strength", Math.Round(direction.Strength, 6));
            json.WriteNumber("image_change_per_unit", Math.Round(direction.ImageChange, 6));
            json.WriteNumber("extent", Math.Round(direction.Extent, 4));
            json.WriteBase64String("vector", MemoryMarshal.AsBytes<float>(direction.Vector));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
