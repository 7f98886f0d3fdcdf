using System.Text.Json;
using System.Text.Json.Serialization;
using AInimEngine.Analysis.Ranges;

namespace AInimEngine.Analysis.Tracks;

/// <summary>A whole-track analysis as JSON, for the cache: the same after the round, bit for bit.</summary>
public static class TrackAnalysisFormat
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes it; the same analysis gives the same text.</summary>
    public static string Write(TrackAnalysis analysis) => JsonSerializer.Serialize(analysis, s_json);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, or it contradicts itself.</exception>
    public static TrackAnalysis Read(string json)
    {
        TrackAnalysis? analysis;
        try
        {
            analysis = JsonSerializer.Deserialize<TrackAnalysis>(json, s_json);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"this is no track analysis: {error.Message}", error);
        }
        if (analysis is null || analysis.Summary.Version != TrackSummary.CurrentVersion || analysis.Summary.SampleCount != analysis.SampleCount)
            throw new InvalidDataException("this is no track analysis, or one of another version");
        if (analysis.Beats.Times.Count != analysis.Beats.Positions.Count)
            throw new InvalidDataException("the track analysis has beats without a place in the bar");
        TrackRanges.Check(analysis.Summary);
        return analysis;
    }
}
