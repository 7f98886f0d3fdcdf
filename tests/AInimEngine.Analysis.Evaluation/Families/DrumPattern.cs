namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>What the drums play in a bar: one letter per sixteenth; 'x' a hit, 'g' a soft one, 'o' an open hat, 'r' a rim.</summary>
/// <param name="Name">What drummers call it.</param>
/// <param name="Beats">Beats of a bar.</param>
/// <param name="Slowest">Beats a minute below which it would be heard at another level.</param>
/// <param name="Fastest">The same above.</param>
internal sealed record DrumPattern(string Name, int Beats, double Slowest, double Fastest, string Kick, string Snare, string Hat)
{
    internal static IReadOnlyList<DrumPattern> Four { get; } =
    [
        new("rock", 4, 70, 175, "x.......x.x.....", "....x.......x...", "x.x.x.x.x.x.x.x."),
        new("ballad", 4, 60, 110, "x.....x.x.......", "....x.......x...", "x.x.x.x.x.x.x.x."),
        new("four on the floor", 4, 90, 160, "x...x...x...x...", "....x.......x...", "..o...o...o...o."),
        new("disco", 4, 95, 145, "x...x...x...x...", "....x.......x...", "xxoxxxoxxxoxxxox"),
        new("funk", 4, 78, 125, "x..x..x...x.....", "....x..g.g..x..g", "x.xxx.x.x.xxx.x."),
        new("hip hop", 4, 70, 110, "x......x..x.....", "....x.......x...", "x.x.x.x.x.x.x.x."),
        new("break beat", 4, 110, 180, "x.x.......xx....", "....x..g.g..x...", "x.x.x.x.x.x.x.x."),
        new("clave", 4, 85, 150, "x.....x.x.....x.", "r..r..r...r.r...", "x.xxx.xxx.xxx.xx"),
        new("punk", 4, 130, 220, "x.x...x.x.x...x.", "....x.......x...", "x...x...x...x..."),
        new("slow", 4, 48, 80, "x.........x.....", "....x.......x...", "x.x.x.x.x.x.x.x."),
    ];

    internal static IReadOnlyList<DrumPattern> Three { get; } =
    [
        new("waltz", 3, 70, 190, "x...........", "....x...x...", "x...x...x..."),
        new("jazz waltz", 3, 90, 190, "x.....x.....", "....g...x...", "x...x.x.x..."),
        new("slow three", 3, 60, 110, "x.....x.....", "........x...", "x.x.x.x.x.x."),
    ];

    /// <summary>Eighths at most: what swings.</summary>
    internal static IReadOnlyList<DrumPattern> Swung { get; } =
    [
        new("shuffle", 4, 70, 175, "x.....x.x.......", "....x.......x...", "x.x.x.x.x.x.x.x."),
        new("jazz", 4, 80, 180, "x.......x.......", "......g.......g.", "x...x.x.x...x.x."),
        new("swung hip hop", 4, 70, 110, "x.....x...x.....", "....x.......x...", "x.x.x.x.x.x.x.x."),
    ];

    internal static DrumPattern Pick(Dice dice, IReadOnlyList<DrumPattern> from, double bpm) =>
        dice.Of([.. from.Where(pattern => bpm >= pattern.Slowest && bpm <= pattern.Fastest)]);
}
