using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AInimEngine.Neural.Models;

/// <summary>Writes and reads cards as JSON.</summary>
internal static class ModelCardJson
{
    /// <summary>Most bytes of a card.</summary>
    public const int MostBytes = 1 << 20;

    private const string Format = "ainim-model-1";
    private const int MostText = 2000;

    /// <summary>The card as JSON.</summary>
    /// <param name="card">What to write.</param>
    /// <param name="isIndented">For people, or for the metadata of a file.</param>
    public static string Write(ModelCard card, bool isIndented)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = isIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("name", card.Name);
            json.WriteString("architecture", NameOf(card.Architecture));
            json.WriteNumber("resolution", card.Resolution);
            json.WriteNumber("z_dim", card.ZDim);
            json.WriteNumber("w_dim", card.WDim);
            json.WriteNumber("classes", card.Classes);
            json.WriteNumber("mapping_layers", card.MappingLayers);
            json.WriteNumber("mapping_multiplier", card.MappingMultiplier);
            json.WriteString("synthesis", card.Synthesis);
            WriteNumbers(json, "channels", card.Channels.Select(c => (double)c));
            if (card.ConvClamp is { } clamp)
                json.WriteNumber("conv_clamp", clamp);
            if (card.Extra.Count > 0)
            {
                json.WriteStartObject("extra");
                foreach ((string key, string value) in card.Extra.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            if (card.ClassNames.Count > 0)
            {
                json.WriteStartArray("class_names");
                foreach (string name in card.ClassNames)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            }
            WriteText(json, "source", card.Source);
            WriteText(json, "source_sha256", card.SourceHash);
            WriteText(json, "licence", card.Licence);
            if (card.Training is { } training)
            {
                json.WritePropertyName("training");
                ModelTrainingJson.Write(json, training);
            }
            if (card.ImageChangePerUnit.Count > 0)
                WriteNumbers(json, "image_change_per_unit", card.ImageChangePerUnit.Select(c => (double)c));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    /// <summary>Reads a card; keys that it does not know are left out.</summary>
    /// <param name="json">What <see cref="Write"/> made, or a person.</param>
    /// <param name="name">The model's name, whatever the card says.</param>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static ModelCard Read(string json, string name)
    {
        if (json.Length > MostBytes)
            throw new InvalidDataException($"its card has more than {MostBytes} characters");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            return Read(document.RootElement, name);
        }
        catch (Exception error) when (IsOfJson(error))
        {
            throw Broken(error);
        }
    }

    /// <summary>Reads a file beside a model; null if it is somebody else's JSON.</summary>
    /// <exception cref="InvalidDataException">It is ours, and wrong.</exception>
    public static ModelCard? ReadOurs(ReadOnlyMemory<byte> utf8, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 16, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format", out _) ? Read(document.RootElement, name) : null;
        }
        catch (Exception error) when (IsOfJson(error))
        {
            throw Broken(error);
        }
    }

    private static bool IsOfJson(Exception error) => error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException;

    private static InvalidDataException Broken(Exception error) => new(
        error is JsonException { LineNumber: { } line, BytePositionInLine: { } column }
            ? $"the card is no JSON at line {line + 1}, column {column + 1}"
            : "the card lacks something, or has something of the wrong kind: " + error.Message.ReplaceLineEndings(" ").TrimEnd('.'),
        error);

    private static ModelCard Read(JsonElement root, string name)
    {
        if (Text(root, "format") is { } format && format != Format)
            throw new InvalidDataException($"its card is of the format {Printable.Quote(format)}; '{Format}' is read");
        return new ModelCard
        {
            Name = name,
            Architecture = Parse(root.GetProperty("architecture").GetString()),
            Resolution = root.GetProperty("resolution").GetInt32(),
            ZDim = root.GetProperty("z_dim").GetInt32(),
            WDim = root.GetProperty("w_dim").GetInt32(),
            Classes = root.TryGetProperty("classes", out JsonElement classes) ? classes.GetInt32() : 0,
            MappingLayers = root.GetProperty("mapping_layers").GetInt32(),
            MappingMultiplier = root.GetProperty("mapping_multiplier").GetDouble(),
            Synthesis = Text(root, "synthesis") ?? "skip",
            Channels = [.. root.GetProperty("channels").EnumerateArray().Select(c => c.GetInt32())],
            ConvClamp = root.TryGetProperty("conv_clamp", out JsonElement clamp) && clamp.ValueKind != JsonValueKind.Null ? clamp.GetDouble() : null,
            Extra = ReadExtra(root),
            ClassNames = root.TryGetProperty("class_names", out JsonElement names) ? [.. names.EnumerateArray().Select(n => Clean(n.GetString()))] : [],
            Source = Text(root, "source"),
            SourceHash = Text(root, "source_sha256"),
            Licence = Text(root, "licence"),
            Training = root.TryGetProperty("training", out JsonElement training) && training.ValueKind != JsonValueKind.Null ? ModelTrainingJson.Read(training) : null,
            ImageChangePerUnit = root.TryGetProperty("image_change_per_unit", out JsonElement change) ? [.. change.EnumerateArray().Select(c => c.GetSingle())] : [],
        };
    }

    private static Dictionary<string, string> ReadExtra(JsonElement root)
    {
        var extra = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty("extra", out JsonElement entries))
            foreach (JsonProperty entry in entries.EnumerateObject())
                extra[Clean(entry.Name)] = Clean(entry.Value.GetString());
        return extra;
    }

    /// <summary>"sm", "sg2", "fastgan".</summary>
    public static string NameOf(ModelArchitecture architecture) => architecture switch
    {
        ModelArchitecture.Sm => "sm",
        ModelArchitecture.Sg2 => "sg2",
        ModelArchitecture.FastGan => "fastgan",
        _ => throw new ArgumentOutOfRangeException(nameof(architecture)),
    };

    private static ModelArchitecture Parse(string? name) => name switch
    {
        "sm" => ModelArchitecture.Sm,
        "sg2" => ModelArchitecture.Sg2,
        "fastgan" => ModelArchitecture.FastGan,
        _ => throw new InvalidDataException($"its card names the architecture {Printable.Quote(name ?? "")}; sm, sg2 and fastgan are known"),
    };

    private static string? Text(JsonElement root, string key) =>
        root.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Clean(value.GetString()) : null;

    // Cards are printed, and files come from anywhere: no text of theirs may steer a terminal.
    private static string Clean(string? text) => Printable.Line(text ?? "", MostText);

    private static void WriteText(Utf8JsonWriter json, string key, string? value)
    {
        if (value is not null)
            json.WriteString(key, value);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string key, IEnumerable<double> values)
    {
        json.WriteStartArray(key);
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
