namespace AInimEngine.DemoTrack.Composition;

/// <summary>
/// A minor, four bars: Am9, Fmaj7#11, Dm9, E7sus4 to E7. No voice moves by more than a
/// whole tone at a change; the G sharp of the last half bar pulls back to the beginning.
/// </summary>
public static class Harmony
{
    /// <summary>Every chord of the track.</summary>
    public static IReadOnlyList<Chord> Chords { get; } = [.. Enumerable.Range(0, Song.Bars).SelectMany(InBar)];

    /// <summary>The chord that sounds at a sixteenth.</summary>
    public static Chord At(int bar, int step) =>
        Chords.Last(chord => chord.Bar < bar || (chord.Bar == bar && chord.Step <= step));

    private static IEnumerable<Chord> InBar(int bar)
    {
        if (bar >= 16)
        {
            // The outro rests on the tonic.
            yield return new("Am9", bar, 0, 16, 33, [55, 59, 60, 64], [69, 71, 72, 76, 79]);
            yield break;
        }
        switch (bar % 4)
        {
            case 0:
                yield return new("Am9", bar, 0, 16, 33, [55, 59, 60, 64], [69, 71, 72, 76, 79]);
                break;
            case 1:
                yield return new("Fmaj7#11", bar, 0, 16, 29, [57, 59, 60, 64], [69, 71, 72, 76, 77]);
                break;
            case 2:
                yield return new("Dm9", bar, 0, 16, 38, [57, 60, 62, 65], [69, 72, 74, 76, 77]);
                break;
            default:
                yield return new("E7sus4", bar, 0, 8, 28, [57, 59, 62, 64], [69, 71, 74, 76, 81]);
                yield return new("E7", bar, 8, 8, 28, [56, 59, 62, 64], [68, 71, 74, 76, 80]);
                break;
        }
    }
}
