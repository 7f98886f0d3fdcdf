using System.Text.Json;
using System.Text.Json.Serialization;

namespace AInimEngine.Analysis.Ranges;

/// <summary>
/// What a first pass over a whole track found: enough to normalise every frame of it. Immutable, and the same after a
/// round through JSON, so that a render that goes on need not scan again.
/// </summary>
/// <param name="Version">Version of the format and of the features; another is refused.</param>
/// <param name="SampleCount">Samples per channel at 48 kHz; the duration of the track.</param>
/// <param name="Peak">Largest absolute sample.</param>
/// <param name="Rms">Root mean square of all samples, silence included.</param>
/// <param name="Loudness">Programme loudness in LUFS: BS.1770 gating, with blocks 1024 samples apart; -70 when nothing is loud enough.</param>
/// <param name="SilenceShare">Share of the track in which nothing is heard, 0..1.</param>
/// <param name="Ranges">Normalising range of each feature, in the order of <see cref="Features.FeatureTable.Rows"/>.</param>
public sealed record TrackSummary(
    int Version,
    long SampleCount,
    float Peak,
    float Rms,
    float Loudness,
    float SilenceShare,
    IReadOnlyList<FeatureRange> Ranges)
{
    /// <summary>Version written now.</summary>
    public const int CurrentVersion = 2;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The summary as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, or of another version.</exception>
    public static TrackSummary FromJson(string json)
    {
        TrackSummary? summary;
        try
        {
            summary = JsonSerializer.Deserialize<TrackSummary>(json, s_json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"this is no track summary: {e.Message}", e);
        }
        if (summary is null || summary.Version != CurrentVersion)
            throw new InvalidDataException($"track summary has version {summary?.Version}, expected {CurrentVersion}: scan the track again");
        TrackRanges.Check(summary);
        return summary;
    }
}
