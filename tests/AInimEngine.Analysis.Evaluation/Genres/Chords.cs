namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>A key, and the chord of every half bar.</summary>
public sealed class Chords
{
    private static readonly int[] s_major = [0, 2, 4, 5, 7, 9, 11], s_minor = [0, 2, 3, 5, 7, 8, 10], s_dorian = [0, 2, 3, 5, 7, 9, 10];

    private static readonly Dictionary<string, int[][]> s_progressions = new()
    {
        ["pop"] = [[0, 4, 5, 3], [0, 5, 3, 4], [0, 3, 4, 4], [0, 3, 0, 4], [5, 3, 0, 4], [0, 2, 3, 4], [0, 6, 3, 0], [0, 0, 3, 4], [1, 4, 0, 5]],
        ["minor"] = [[0, 5, 2, 6], [0, 6, 5, 4], [0, 3, 5, 4], [0, 0, 5, 6], [0, 5, 3, 4], [0, 2, 6, 3]],
        ["blues"] = [[0, 0, 0, 0, 3, 3, 0, 0, 4, 3, 0, 4], [0, 3, 0, 0, 3, 3, 0, 0, 4, 3, 0, 0]],
        ["jazz"] = [[1, 4, 0, 5], [0, 5, 1, 4], [2, 5, 1, 4], [0, 3, 2, 5, 1, 4, 0, 0], [1, 4, 0, 0, 3, 6, 2, 5]],
        ["modal"] = [[0], [0, 3], [0, 6], [0, 0, 3, 0], [0, 1]],
        ["classic"] = [[0, 4, 0, 4, 0, 3, 4, 0], [0, 3, 4, 0], [0, 0, 4, 4, 4, 4, 0, 0], [0, 5, 1, 4, 0, 3, 4, 0], [0, 4, 5, 2, 3, 0, 3, 4], [0, 3, 6, 2, 5, 1, 4, 0]],
    };

    private readonly int[] _scale;
    private readonly int _key, _size;
    private readonly Dictionary<char, int[]> _sections = [];
    private readonly double _barsPerChord;

    /// <summary>Chooses key, scale and the progressions of sections A, B and C.</summary>
    public Chords(Genre genre, Dice dice)
    {
        _key = dice.Below(12);
        _scale = genre.Harmony switch
        {
            "minor" => s_minor,
            "modal" => s_dorian,
            _ => dice.Chance(0.25) ? s_minor : s_major,
        };
        _size = genre.Harmony == "jazz" ? 4 : genre.Harmony is "pop" or "modal" && dice.Chance(0.25) ? 4 : 3;
        _barsPerChord = dice.Pick(genre.BarsPerChord);
        foreach (char section in "ABC")
            _sections[section] = dice.Pick(s_progressions[genre.Harmony]);
    }

    /// <summary>The scale degree, 0..6, of the chord at a place of a section.</summary>
    public int Degree(char section, double bar)
    {
        int[] progression = _sections.GetValueOrDefault(section, _sections['A']);
        return progression[(int)Math.Floor(bar / _barsPerChord + 1e-6) % progression.Length];
    }

    /// <summary>The pitch of a step of the scale, step 0 being the key's first at or above key 36.</summary>
    public int Pitch(int step)
    {
        int octave = (int)Math.Floor(step / 7.0);
        return 36 + _key % 12 + 12 * octave + _scale[step - 7 * octave];
    }

    /// <summary>The n-th tone of a chord, from 0, going on into higher octaves.</summary>
    public int Tone(int degree, int n) => Pitch(degree + 7 * (n / _size) + 2 * (n % _size));

    /// <summary>Tones in a chord, 3 or 4.</summary>
    public int Size => _size;
}
