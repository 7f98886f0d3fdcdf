namespace AInimEngine.Analysis.Tracks;

/// <summary>The beats of a track.</summary>
/// <param name="Times">Seconds, rising.</param>
/// <param name="Positions">Place of each beat in its bar, 1 is the downbeat; as many as <paramref name="Times"/>.</param>
/// <param name="BeatsPerBar">3 or 4.</param>
/// <param name="Confidence">Of the beats, 0..1.</param>
/// <param name="DownbeatConfidence">Of the places in the bar, 0..1.</param>
public sealed record BeatTrack(
    IReadOnlyList<double> Times, IReadOnlyList<int> Positions, int BeatsPerBar, double Confidence, double DownbeatConfidence)
{
    /// <summary>No beats.</summary>
    public static BeatTrack None { get; } = new([], [], 4, 0, 0);

    /// <summary>Times of the beats at place 1, seconds.</summary>
    public IEnumerable<double> Downbeats => Times.Where((_, i) => Positions[i] == 1);
}
