namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>General MIDI programs (from 0) and percussion keys by name.</summary>
public static class Sounds
{
    private static readonly Dictionary<string, int[]> s_pools = new()
    {
        ["ebass"] = [33, 34, 36, 37, 35],
        ["double"] = [32, 32, 43],
        ["synthbass"] = [38, 39, 87, 81],
        ["low"] = [42, 43, 58, 70, 32],
        ["piano"] = [0, 1, 2, 3],
        ["keys"] = [0, 1, 4, 5, 16, 18, 7],
        ["organ"] = [16, 17, 18, 19],
        ["epiano"] = [4, 5, 11],
        ["guitar"] = [24, 25, 26, 27],
        ["clean"] = [27, 28, 26],
        ["dist"] = [29, 30],
        ["strings"] = [48, 49, 50, 44, 45],
        ["brass"] = [61, 62, 56, 57, 60],
        ["synth"] = [80, 81, 62, 63, 90, 84, 87],
        ["pad"] = [88, 89, 91, 92, 94, 95, 50, 52],
        ["lead"] = [0, 25, 27, 65, 66, 73, 80, 81, 29, 11, 56],
        ["jazz"] = [0, 26, 56, 59, 65, 66, 71, 11],
        ["winds"] = [68, 69, 70, 71, 72, 73, 74],
        ["folk"] = [21, 22, 40, 72, 73, 74, 105, 110, 15, 109],
        ["accordion"] = [21, 23, 22],
        ["plucked"] = [24, 45, 46, 6, 15, 104, 107],
        ["harpsi"] = [6, 6, 0, 19],
        ["chip"] = [80, 80, 81, 82, 39, 85],
        ["mallets"] = [11, 12, 13, 114, 8, 9],
        ["orchestra"] = [48, 49, 60, 61, 56, 40, 68, 71, 73, 57],
        ["choir"] = [52, 53, 54, 19],
    };

    /// <summary>A program of the pool.</summary>
    public static int Program(string pool, Dice dice) => dice.Pick(s_pools[pool]);

    /// <summary>The percussion key of a lane's letter.</summary>
    public static int Percussion(char lane) => lane switch
    {
        'K' => 36,
        'S' => 38,
        'E' => 40,
        'R' => 37,
        'G' => 39,
        'H' => 42,
        'O' => 46,
        'P' => 44,
        'D' => 51,
        'F' => 53,
        'C' => 49,
        'L' => 41,
        'T' => 45,
        'U' => 50,
        'B' => 54,
        'Y' => 56,
        'W' => 70,
        'V' => 75,
        'Z' => 76,
        'M' => 63,
        'N' => 62,
        'Q' => 64,
        'A' => 60,
        'I' => 67,
        'J' => 68,
        'X' => 82,
        _ => throw new ArgumentException($"no percussion '{lane}'"),
    };
}
