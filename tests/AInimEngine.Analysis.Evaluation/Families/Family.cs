namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>A kind of synthetic track.</summary>
/// <param name="Name">As printed.</param>
/// <param name="InMean">False for extremes, which are reported but not averaged.</param>
/// <param name="Make">Makes the track of a seed.</param>
internal sealed record Family(string Name, bool InMean, Func<ulong, Heard> Make)
{
    /// <summary>Tracks to choose parameters by.</summary>
    internal IEnumerable<Track> Tuning(int count) => Tracks(1_000, count);

    /// <summary>Tracks to report by; parameters must not be chosen by looking at them.</summary>
    internal IEnumerable<Track> HeldOut(int count) => Tracks(900_000, count);

    private IEnumerable<Track> Tracks(ulong first, int count) => Enumerable.Range(0, count)
        .Select(i => new Track($"{Name} {first + (ulong)i}", Name, () => Make(first + (ulong)i)));
}
