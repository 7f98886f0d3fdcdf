using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Engine.Hearing;

/// <summary>A sound file and everything that was heard in it. Immutable.</summary>
/// <param name="Path">The file.</param>
/// <param name="Hash">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Analysis">What was heard, with the artist's corrections.</param>
/// <param name="Codec">Codec of the sound, "mp3".</param>
/// <param name="IsMended">The decoded sound differs from what the file says, so its stream must not be copied.</param>
/// <param name="Corrections">The file of corrections that was applied, or null.</param>
public sealed record HeardTrack(string Path, string Hash, TrackAnalysis Analysis, string Codec, bool IsMended, string? Corrections = null)
{
    /// <summary>Ranges for normalising.</summary>
    public TrackSummary Summary => Analysis.Summary;

    /// <summary>Decoded samples per channel at 48 kHz.</summary>
    public long SampleCount => Analysis.SampleCount;
}
