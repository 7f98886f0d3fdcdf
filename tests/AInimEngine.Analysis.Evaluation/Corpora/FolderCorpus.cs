using System.Text.Json;

namespace AInimEngine.Analysis.Evaluation.Corpora;

/// <summary>
/// A folder of NAME.wav (48 kHz, 16 bit, stereo) with the truth beside it in NAME.json: <c>beats</c>, <c>downbeats</c>,
/// <c>onsets</c> in seconds, <c>tempo</c>, <c>meter</c>, <c>key</c> ("A minor"), <c>boundaries</c>, <c>source</c> (the
/// family); only <c>beats</c> must be there.
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
        string family = document.RootElement.TryGetProperty("source", out JsonElement source) && source.GetString() is { } given ? given : name.Split('-')[0];
        Truth truth = document.Deserialize<Truth>(s_options) ?? throw new InvalidDataException($"'{json}' is empty.");
        return new(name, family, () => new(WavFile.Read(Path.ChangeExtension(json, ".wav")), truth));
    }
}
