using System.Text.Json;

namespace AInimEngine.Neural.Models;

/// <summary>Writes and reads the part of a card that tells of training: all of it is there and sensible, or it is refused.</summary>
internal static class ModelTrainingJson
{
    private const int HashLength = 64, MostEntries = 200, MostText = 2000;

    /// <summary>Writes an object under the current name.</summary>
    public static void Write(Utf8JsonWriter json, ModelTraining training)
    {
        json.WriteStartObject();
        json.WriteString("data_sha256", training.DataHash);
        json.WriteNumber("pictures", training.Pictures);
        json.WriteNumber("kimg", training.Kimg);
        json.WriteNumber("seconds", training.Seconds);
        if (training.From is { } from)
            json.WriteString("from", from);
        json.WriteStartObject("settings");
        foreach ((string key, string value) in training.Settings.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach ((string key, double value) in training.Metrics.Where(entry => double.IsFinite(entry.Value)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteNumber(key, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Reads an object; errors of JSON are the caller's to tell.</summary>
    /// <exception cref="InvalidDataException">A value cannot be.</exception>
    public static ModelTraining Read(JsonElement root)
    {
        string hash = root.GetProperty("data_sha256").GetString() ?? "";
        if (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigitLower))
            throw new InvalidDataException($"its card gives {Printable.Quote(hash)} for the SHA-256 of its training pictures, which has 64 hexadecimal digits");
        var training = new ModelTraining
        {
            DataHash = hash,
            Pictures = root.GetProperty("pictures").GetInt32(),
            Kimg = Amount(root, "kimg"),
            Seconds = Amount(root, "seconds"),
            From = root.TryGetProperty("from", out JsonElement from) && from.ValueKind != JsonValueKind.Null ? Clean(from.GetString()) : null,
            Settings = Entries(root, "settings", value => Clean(value.GetString())),
            Metrics = Entries(root, "metrics", value => value.GetDouble()),
        };
        if (training.Pictures < 0)
            throw new InvalidDataException($"its card says that it was trained on {training.Pictures} pictures");
        foreach ((string name, double value) in training.Metrics)
            if (!double.IsFinite(value))
                throw new InvalidDataException($"its card has the measure {Printable.Quote(name)}, which is no number");
        return training;
    }

    private static double Amount(JsonElement root, string name) => root.GetProperty(name).GetDouble() is var value && double.IsFinite(value) && value >= 0
        ? value
        : throw new InvalidDataException($"its card has an impossible number for '{name}' of its training");

    private static Dictionary<string, T> Entries<T>(JsonElement root, string name, Func<JsonElement, T> read)
    {
        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        if (!root.TryGetProperty(name, out JsonElement values))
            return entries;
        foreach (JsonProperty entry in values.EnumerateObject())
        {
            if (entries.Count == MostEntries)
                throw new InvalidDataException($"its card has more than {MostEntries} entries in '{name}' of its training");
            entries[Clean(entry.Name)] = read(entry.Value);
        }
        return entries;
    }

    private static string Clean(string? text) => Printable.Line(text ?? "", MostText);
}
