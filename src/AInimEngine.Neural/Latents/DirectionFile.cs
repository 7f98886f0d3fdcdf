using System.Runtime.InteropServices;
using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using static AInimEngine.Neural.Latents.JsonFields;

namespace AInimEngine.Neural.Latents;

/// <summary>Directions as JSON: {"format": "ainim-directions", "version": 1, "model", "method", "w_dim", "directions": [{"name",
/// "first_layer", "layers", "strength", "image_change_per_unit", "extent", "vector"}]}; vectors are little-endian float32
/// in base64.</summary>
public static class DirectionFile
{
    /// <summary>Most bytes of a file.</summary>
    public const long MostBytes = 16L << 20;

    private const string Format = "ainim-directions";
    private const int MostDirections = 1000, MostLayers = 64, MostWidth = 4096, MostName = 64;
    private const float Farthest = 1e4f;

    /// <summary>Reads a file.</summary>
    /// <param name="path">What <see cref="Write"/> made.</param>
    /// <exception cref="AInimException">It is missing, or no file of directions; the message says what is wrong where.</exception>
    public static DirectionList Read(string path)
    {
        try
        {
            return Parse(SmallFile.Read(path, MostBytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the directions '{path}': {SystemReason.Of(error)}", error);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the directions '{path}': {error.Message.TrimEnd('.')}. Make the file anew with 'ainim explore directions'.", error);
        }
    }

    /// <summary>Reads a list from memory.</summary>
    /// <exception cref="JsonException">No JSON.</exception>
    /// <exception cref="InvalidDataException">Something is missing, too large or of the wrong kind.</exception>
    public static DirectionList Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
        try
        {
            return List(document.RootElement);
        }
        catch (InvalidOperationException error)
        {
            // Text that is no UTF-8 shows only when it is read.
            throw new InvalidDataException("a text in it is no UTF-8", error);
        }
    }

    /// <summary>Writes them.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="method">"sefa" or "ganspace".</param>
    /// <param name="directions">At least one.</param>
    public static void Write(Stream target, string model, string method, IReadOnlyList<LatentDirection> directions)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", Format);
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

    private static DirectionList List(JsonElement root)
    {
        Require(root.ValueKind == JsonValueKind.Object && Text(root, "format", MostName) == Format, $"it is no file of directions ('format' is not '{Format}')");
        Require(Whole(root, "version", 1, int.MaxValue) == 1, "it is of a newer version");
        int width = Whole(root, "w_dim", 1, MostWidth)!.Value;
        Require(root.TryGetProperty("directions", out JsonElement directions) && directions.ValueKind == JsonValueKind.Array, "'directions' is no list");
        Require(directions.GetArrayLength() <= MostDirections, $"it has more than {MostDirections} directions");
        var names = new HashSet<string>(StringComparer.Ordinal);
        List<LatentDirection> found = [];
        foreach (JsonElement one in directions.EnumerateArray())
        {
            Require(one.ValueKind == JsonValueKind.Object, $"direction {found.Count + 1} is no object");
            string name = Text(one, "name", MostName) ?? throw new InvalidDataException("a direction has no name");
            Require(names.Add(name), $"two directions are called '{name}'");
            int first = Whole(one, "first_layer", 0, MostLayers - 1)!.Value, layers = Whole(one, "layers", 1, MostLayers)!.Value;
            byte[] bytes = Bytes(one, "vector", width * sizeof(float));
            Require(bytes.Length == width * sizeof(float), $"'vector' of '{name}' has {bytes.Length / sizeof(float)} numbers, not {width}");
            float[] vector = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            Require(!Array.Exists(vector, value => !(Math.Abs(value) <= Farthest)), $"'vector' of '{name}' holds numbers that are not finite or far too large");
            found.Add(new LatentDirection(
                name, first, layers, vector, Number(one, "strength", 0, 1e12), Number(one, "image_change_per_unit", 0, 1e6), Number(one, "extent", 0, 1e6)));
        }
        return new DirectionList(Text(root, "model", 200) ?? throw new InvalidDataException("'model' is missing"), width, found);
    }
}
