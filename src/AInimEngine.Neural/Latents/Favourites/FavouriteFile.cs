using System.Runtime.InteropServices;
using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using static AInimEngine.Neural.Latents.JsonFields;

namespace AInimEngine.Neural.Latents.Favourites;

/// <summary>
/// Favourites as JSON: {"format": "ainim-favourites", "version": 1, "model", "layers", "w_dim", "points": [{"name", "w",
/// "seed", "class", "truncation", "weights", "note", "thumbnail"}]}; w is little-endian float32 and the thumbnail PNG, both in
/// base64. Everything is bounded and checked: these files travel between people.
/// </summary>
public static class FavouriteFile
{
    /// <summary>Most bytes of a file.</summary>
    public const long MostBytes = 64L << 20;

    /// <summary>Most points of a file.</summary>
    public const int MostPoints = 4096;

    private const string Format = "ainim-favourites";
    private const int MostLayers = 64, MostWidth = 4096, MostName = 64, MostNote = 500, MostThumbnail = 1 << 20;
    private const float Farthest = 1e4f;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A JSON file.</param>
    /// <exception cref="AInimException">It is missing, or no file of favourites; the message says what is wrong where.</exception>
    public static FavouriteList Read(string path)
    {
        try
        {
            return Parse(SmallFile.Read(path, MostBytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the favourites '{path}': {SystemReason.Of(error)}", error);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the favourites '{path}': {error.Message.TrimEnd('.')}. Mend or remove the file.", error);
        }
    }

    /// <summary>Reads a list from memory.</summary>
    /// <exception cref="JsonException">No JSON.</exception>
    /// <exception cref="InvalidDataException">Something is missing, too large or of the wrong kind.</exception>
    public static FavouriteList Parse(ReadOnlyMemory<byte> json)
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

    /// <summary>Writes a file; it appears whole or not at all.</summary>
    /// <exception cref="AInimException">It cannot be written, or holds what could not be read again.</exception>
    public static void Write(string path, FavouriteList list)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            using var memory = new MemoryStream();
            Write(memory, list);
            // What could not be read again would lock out the favourites that are there.
            Parse(memory.GetBuffer().AsMemory(0, (int)memory.Length));
            PartialFile.Write(path, memory.WriteTo);
        }
        catch (InvalidDataException error)
        {
            throw new AInimException(ExitCode.Usage, $"cannot keep that in '{path}': {error.Message.TrimEnd('.')}. Nothing was changed.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{path}': {SystemReason.Of(error)}", error);
        }
    }

    /// <summary>Whether a name can be used in files and presets.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MostName && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    private static void Write(Stream output, FavouriteList list)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", 1);
        json.WriteString("model", list.Model);
        json.WriteNumber("layers", list.Layers);
        json.WriteNumber("w_dim", list.WDim);
        json.WriteStartArray("points");
        foreach (Favourite point in list.Points)
        {
            json.WriteStartObject();
            json.WriteString("name", point.Name);
            if (point.Seed is { } seed)
                json.WriteNumber("seed", seed);
            if (point.Class is { } one)
                json.WriteNumber("class", one);
            json.WriteNumber("truncation", point.Truncation);
            if (point.Weights is { } weights)
                json.WriteString("weights", weights);
            if (point.Note is { } note)
                json.WriteString("note", note);
            json.WriteBase64String("w", MemoryMarshal.AsBytes(point.W.Span));
            if (!point.Thumbnail.IsEmpty)
                json.WriteBase64String("thumbnail", point.Thumbnail.Span);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static FavouriteList List(JsonElement root)
    {
        Require(root.ValueKind == JsonValueKind.Object && Text(root, "format", MostName) == Format, $"it is no file of favourites ('format' is not '{Format}')");
        Require(Whole(root, "version", 1, int.MaxValue) == 1, "it is of a newer version");
        int layers = Whole(root, "layers", 1, MostLayers)!.Value, width = Whole(root, "w_dim", 1, MostWidth)!.Value;
        Require(root.TryGetProperty("points", out JsonElement points) && points.ValueKind == JsonValueKind.Array, "'points' is no list");
        Require(points.GetArrayLength() <= MostPoints, $"it has more than {MostPoints} points");
        var names = new HashSet<string>(StringComparer.Ordinal);
        List<Favourite> found = [];
        foreach (JsonElement point in points.EnumerateArray())
        {
            Require(point.ValueKind == JsonValueKind.Object, $"point {found.Count + 1} is no object");
            Favourite favourite = Point(point, layers, width);
            Require(names.Add(favourite.Name), $"two points are called '{favourite.Name}'");
            found.Add(favourite);
        }
        return new FavouriteList(Text(root, "model", 200) ?? throw new InvalidDataException("'model' is missing"), layers, width, found);
    }

    private static Favourite Point(JsonElement point, int layers, int width)
    {
        string name = Text(point, "name", MostName) ?? throw new InvalidDataException("a point has no name");
        Require(IsName(name), $"the name '{name}' has other than lower-case letters, digits, '-' and '_'");
        byte[] bytes = Bytes(point, "w", layers * width * sizeof(float));
        Require(bytes.Length == width * sizeof(float) || bytes.Length == layers * width * sizeof(float), $"'w' of '{name}' has {bytes.Length / 4} numbers, not {width} or {layers * width}");
        float[] w = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        Require(!Array.Exists(w, value => !(Math.Abs(value) <= Farthest)), $"'w' of '{name}' holds numbers that are not finite or far too large");
        ulong? seed = null;
        if (point.TryGetProperty("seed", out JsonElement given))
            seed = given.ValueKind == JsonValueKind.Number && given.TryGetUInt64(out ulong value) ? value : throw new InvalidDataException($"'seed' of '{name}' is no whole number");
        double truncation = 1;
        if (point.TryGetProperty("truncation", out JsonElement psi))
            truncation = psi.ValueKind == JsonValueKind.Number && psi.TryGetDouble(out double number) && Math.Abs(number) <= 4 ? number : throw new InvalidDataException($"'truncation' of '{name}' is no number from -4 to 4");
        return new Favourite
        {
            Name = name,
            W = w,
            Seed = seed,
            Class = Whole(point, "class", 0, 1_000_000, required: false),
            Truncation = truncation,
            Weights = Text(point, "weights", MostName),
            Note = Text(point, "note", MostNote),
            Thumbnail = Bytes(point, "thumbnail", MostThumbnail),
        };
    }
}
