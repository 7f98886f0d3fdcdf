namespace AInimEngine.Analysis.Tracks;

/// <summary>How fast the music is.</summary>
/// <param name="Bpm">Beats a minute, 50 to 220; 0 where there is no pulse.</param>
/// <param name="Confidence">0..1: below 0.3 the beats should not be trusted.</param>
/// <param name="IsSteady">One tempo fits the whole track: the beats lie on a grid.</param>
/// <param name="Alternatives">Other readings, half and double among them, best first; weights of all readings sum to at most 1.</param>
public sealed record TempoEstimate(double Bpm, double Confidence, bool IsSteady, IReadOnlyList<TempoCandidate> Alternatives)
{
    /// <summary>No pulse.</summary>
    public static TempoEstimate None { get; } = new(0, 0, false, []);
}
