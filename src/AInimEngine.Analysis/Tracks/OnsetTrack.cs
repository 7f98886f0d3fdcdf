namespace AInimEngine.Analysis.Tracks;

/// <summary>Note onsets, each list in order of time.</summary>
/// <param name="All">Over the whole band.</param>
/// <param name="Low">Below 160 Hz: kicks, bass notes.</param>
/// <param name="Mid">160 Hz to 2560 Hz: snares, chords, voices.</param>
/// <param name="High">Above 2560 Hz: hats.</param>
public sealed record OnsetTrack(
    IReadOnlyList<OnsetMark> All, IReadOnlyList<OnsetMark> Low, IReadOnlyList<OnsetMark> Mid, IReadOnlyList<OnsetMark> High);
