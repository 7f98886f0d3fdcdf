using System.Text.Json;

namespace AInimEngine.Analysis.Evaluation.Corpora;

/// <summary>
/// A folder of NAME.wav (48 kHz, 16 bit, stereo) with the truth beside it in NAME.json: <c>beats</c>, <c>downbeats</c>,
/// <c>onsets</c> in seconds, <c>tempo</c>, <c>meter</c>, <c>key</c> ("A minor"), <c>boundaries</c>, <c>source</c> or
/// <c>genre</c> (the family); only <c>beats</c> must be there.
/// </summary>
internal static class FolderCorpus
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    internal static List<Track> Tracks(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Where(json => File.Exists(Path.ChangeExtension(json, ".wav"))).Select(TrackOf),
    ];

    private static Track TrackOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(json));
        string name = Path.GetFileNameWithoutExtension(json);
        string family = Word(document, "source") ?? Word(document, "genre") ?? name.Split('-')[0];
        Truth truth = document.Deserialize<Truth>(s_options) ?? throw new InvalidDataException($"'{json}' is empty.");
        return new(name, family, () => new(WavFile.Read(Path.ChangeExtension(json, ".wav")), truth));
    }

    private static string? Word(JsonDocument document, string property) =>
        document.RootElement.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
