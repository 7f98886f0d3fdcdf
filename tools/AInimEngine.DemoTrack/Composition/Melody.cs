namespace AInimEngine.DemoTrack.Composition;

/// <summary>What is sung: the lead of the drops, the bell of the break, the arpeggio, the bass.</summary>
public static class Melody
{
    private const double Legato = 0.9;

    /// <summary>A figure of three, three, four, two, four sixteenths, carried through the chords.</summary>
    private static readonly (int Step, int Length, int Pitch)[][] _hook =
    [
        [(0, 3, 76), (3, 3, 71), (6, 4, 72), (10, 2, 76), (12, 4, 79)],
        [(0, 3, 76), (3, 3, 71), (6, 6, 72), (12, 2, 69), (14, 2, 71)],
        [(0, 3, 77), (3, 3, 72), (6, 4, 74), (10, 2, 77), (12, 4, 81)],
        [(0, 3, 76), (3, 3, 74), (6, 4, 71), (10, 2, 74), (12, 4, 68)],
    ];

    /// <summary>The same tune as remembered in the break: fewer notes, more air.</summary>
    private static readonly Note[] _memory =
    [
        new(8, 4, 4, 88, 0.9), new(8, 10, 4, 83, 0.7), new(8, 14, 4, 84, 0.8),
        new(9, 4, 4, 88, 0.75), new(9, 8, 4, 91, 0.85), new(9, 14, 4, 83, 0.6),
        new(10, 4, 12, 84, 0.55),
        new(11, 2, 4, 81, 0.5), new(11, 6, 4, 83, 0.6), new(11, 10, 4, 80, 0.7),
        new(16, 4, 4, 88, 0.6), new(16, 12, 4, 83, 0.5), new(17, 0, 16, 81, 0.7), new(17, 2, 16, 88, 0.5), new(17, 6, 16, 95, 0.35),
    ];

    private static readonly int[] _arpeggioOrder = [0, 2, 4, 1, 3, 2, 0, 3, 4, 1, 2, 3, 0, 4, 2, 1];
    private static readonly double[] _arpeggioAccents = [1, .55, .6, .95, .5, .6, .9, .55, 1, .55, .6, .9, .5, .6, .85, .6];

    /// <summary>Steps of the bass line, in the holes that the kick leaves; semitones above the root.</summary>
    private static readonly (int Step, double Length, int Above, double Velocity)[] _bassLine =
    [
        (2, 0.9, 0, 1), (3, 0.7, 0, .7), (6, 0.9, 0, 1), (7, 0.6, 12, .8),
        (10, 0.9, 0, 1), (11, 0.7, 0, .7), (13, 0.5, 12, .6), (14, 1.4, 0, .9),
    ];

    /// <summary>The lead of both drops.</summary>
    public static IReadOnlyList<Note> Lead { get; } =
        [.. Bars(4, 8).Concat(Bars(12, 16)).SelectMany(bar => _hook[bar % 4].Select(n => new Note(bar, n.Step, n.Length * Legato, n.Pitch)))];

    /// <summary>The bell of break and outro.</summary>
    public static IReadOnlyList<Note> Bell => _memory;

    /// <summary>Sixteenths through the whole track but for the quiet bar and the last.</summary>
    public static IReadOnlyList<Note> Arpeggio { get; } =
    [
        .. Bars(0, 17).Where(bar => bar != 8 && bar != 10).SelectMany(bar => Enumerable.Range(0, 16)
            .Where(step => !(bar is 3 or 11 && step >= 14))
            .Select(step => new Note(bar, step, 0.8, Harmony.At(bar, step).Arpeggio[_arpeggioOrder[step]], _arpeggioAccents[step]))),
    ];

    /// <summary>The bass of both drops.</summary>
    public static IReadOnlyList<Note> Bass { get; } =
        [.. Bars(4, 8).Concat(Bars(12, 16)).SelectMany(bar => _bassLine.Select(n => new Note(bar, n.Step, n.Length, Harmony.At(bar, n.Step).Bass + n.Above, n.Velocity)))];

    /// <summary>Chords struck in the drops, on a three-three-two grid.</summary>
    public static IReadOnlyList<(int Bar, int Step)> Stabs { get; } =
        [.. Bars(4, 8).Concat(Bars(12, 16)).SelectMany(bar => ((int[])[0, 3, 6, 11, 14]).Select(step => (bar, step)))];

    private static IEnumerable<int> Bars(int first, int end) => Enumerable.Range(first, end - first);
}
