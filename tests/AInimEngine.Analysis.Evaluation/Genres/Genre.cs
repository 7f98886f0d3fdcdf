namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>
/// What makes a kind of music, as rhythm patterns of one bar. A lane is a string of steps that share the bar evenly; a
/// leading '2' lets it span two bars.
/// </summary>
/// <remarks>
/// Drums: lanes <c>K:x...</c> joined by spaces, 'X' accent, 'x' hit, 'o' ghost, '-' hit in half of the cases, '.' rest.
/// Bass: '1' root, '3', '5' third and fifth, '8' octave, 'w' a walking tone, '_' holds, '.' rest. Chords: 'c' chord, 'C'
/// accented chord, digits its tones from below, '_' holds, '.' rest; "?" alone is a pattern made afresh.
/// </remarks>
/// <param name="Name">Short name.</param>
/// <param name="Low">Slowest tempo by convention, beats a minute.</param>
/// <param name="High">Fastest.</param>
/// <param name="Beats">Beats in a bar; a compound bar counts dotted quarters.</param>
/// <param name="Grid">Finest common division of a beat: 2, 3 or 4.</param>
public sealed record Genre(string Name, double Low, double High, int Beats, int Grid)
{
    /// <summary>Drum bars to choose from.</summary>
    public string[] Drums { get; init; } = [];

    /// <summary>Share of the pieces that have drums.</summary>
    public double DrumShare { get; init; } = 0.85;

    /// <summary>Bass bars to choose from.</summary>
    public string[] Bass { get; init; } = [];

    /// <summary>Chord bars to choose from.</summary>
    public string[] Chords { get; init; } = [];

    /// <summary>Names of <see cref="Sounds"/> pools for bass, chords and melody.</summary>
    public (string Bass, string Chords, string Melody) Sound { get; init; } = ("ebass", "keys", "lead");

    /// <summary>Where the middle of a beat falls: .5 straight to .67 triplet.</summary>
    public (double Low, double High) Swing { get; init; } = (0.5, 0.5);

    /// <summary>Whether sixteenths swing rather than eighths.</summary>
    public bool SwingSixteenths { get; init; }

    /// <summary>Deviation of note times, ms.</summary>
    public double Jitter { get; init; } = 6;

    /// <summary>How freely the tempo breathes, 0 machine to 1 romantic.</summary>
    public double Rubato { get; init; } = 0.1;

    /// <summary>Notes per grid step of the melody, 0 none to 1 all.</summary>
    public double Melody { get; init; } = 0.35;

    /// <summary>How often melody avoids the beat, 0..1.</summary>
    public double Syncopation { get; init; } = 0.3;

    /// <summary>Melodic voices at once.</summary>
    public int Voices { get; init; } = 1;

    /// <summary>Progression family: pop, minor, blues, jazz, modal, classic.</summary>
    public string Harmony { get; init; } = "pop";

    /// <summary>Bars per chord to choose from.</summary>
    public double[] BarsPerChord { get; init; } = [1, 1, 2];

    /// <summary>Whether the bars can be told from the sound.</summary>
    public bool BarsAudible { get; init; } = true;
}
