namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>Makes up a piece of a genre: form, layers that come and go, fills, breaks, swing and human timing.</summary>
public sealed class Composer
{
    private const int Drums = 9;
    private readonly Genre _genre;
    private readonly Dice _dice;
    private readonly Chords _chords;
    private readonly List<Note> _notes = [];
    private readonly List<(int Channel, int Program, int Pan)> _programs = [];
    private readonly Dictionary<(char Section, int Layer), ulong> _memory = [];
    private readonly double _swing, _jitter, _dynamics;
    private readonly double[] _laidBack = new double[16];
    private readonly bool _hasDrums;
    private double _end;

    private Composer(Genre genre, Dice dice)
    {
        (_genre, _dice) = (genre, dice);
        _chords = new Chords(genre, dice.Fork(1));
        _swing = dice.Between(genre.Swing.Low, genre.Swing.High);
        _jitter = genre.Jitter == 0 && dice.Chance(0.9) ? 0 : Math.Max(genre.Jitter, 2) * dice.Between(0, 1.6);
        _dynamics = dice.Between(0.7, 1.05);
        _hasDrums = genre.Drums.Length > 0 && dice.Chance(genre.DrumShare);
        for (int i = 0; i < 16; i++)
            _laidBack[i] = _jitter * 0.6 * dice.Normal();
    }

    /// <summary>Composes about this many seconds.</summary>
    public static Piece Compose(Genre genre, double seconds, Dice dice)
    {
        double bpm = genre.Low * Math.Pow(genre.High / genre.Low, dice.Next());
        int bars = Math.Max(6, (int)(seconds * bpm / 60 / genre.Beats));
        int pickup = dice.Chance(0.2) ? 1 + dice.Below(genre.Beats - 1) : 0;
        TempoCurve tempo = TempoCurve.Make(genre, bpm, bars, pickup, dice.Fork(2));
        var composer = new Composer(genre, dice);
        composer.Form(bars, pickup);
        return new Piece(genre, composer._notes, composer._programs, tempo, bars);
    }

    private void Form(int bars, int pickup)
    {
        _end = bars * _genre.Beats;
        int melodies = _genre.Melody > 0 && _genre.Bass.Length > 0 ? _genre.Voices : 0;
        Programme(0, _genre.Sound.Bass);
        Programme(1, _genre.Sound.Chords);
        Programme(2, _dice.Chance(0.5) ? "pad" : _genre.Sound.Chords);
        for (int voice = 0; voice < melodies; voice++)
            Programme(3 + voice, _genre.Sound.Melody);
        _programs.Add((Drums, 0, 64));
        int length = bars < 16 ? 4 : _dice.Pick<int>([4, 8, 8]);
        string form = _dice.Pick<string>(["IAABABCA", "AABACABA", "AABBAABB", "IABABCBB", "ABABABAB"]);
        bool pad = _dice.Chance(0.3), sparse = _dice.Chance(0.2);
        for (int bar = 0, part = 0; bar < bars; bar += length, part++)
        {
            char section = form[part % form.Length];
            int count = Math.Min(length, bars - bar);
            bool thin = section == 'I' || section == 'C' && _dice.Chance(0.6);
            bool drums = _hasDrums && !(thin && _dice.Chance(0.5)) && !(sparse && part % 3 == 2);
            bool bass = _genre.Bass.Length > 0 && !(thin && _dice.Chance(0.4));
            bool chords = _genre.Chords.Length > 0 && (!drums && !bass || _dice.Chance(0.88));
            if (drums || !chords && !bass && _hasDrums)
                DrumBars(section, bar, count);
            if (bass)
                Pattern(section, bar, count, 0, _genre.Bass, 0);
            if (chords)
                Pattern(section, bar, count, 1, _genre.Chords, _chords.Size);
            if (pad && section != 'I' && _genre.Chords.Length > 0)
                Pattern(section, bar, count, 2, ["c" + new string('_', _genre.Beats - 1)], _chords.Size);
            for (int voice = 0; voice < melodies; voice++)
            {
                if (!thin && _dice.Chance(voice == 0 ? 0.8 : 0.6) || !drums && !bass && !chords)
                    MelodyBars(section, bar, count, voice);
            }
        }
        for (int i = 0; i < pickup && melodies > 0; i++)
            Add(3, _chords.Pitch(21 - pickup + i), 85, i - pickup, 0.8);
        for (int i = 0; i < pickup && melodies == 0; i++)
            Add(Drums, _hasDrums ? 37 : 42, 90, i - pickup, 0.2);
    }

    private void Programme(int channel, string pool)
    {
        int program = _dice.Chance(0.12) ? _dice.Below(112) : Sounds.Program(pool, _dice);
        _programs.Add((channel, program, 40 + _dice.Below(48)));
    }

    private Dice Remember(char section, int layer)
    {
        // A section that returns sounds as before, four times in five.
        if (!_memory.TryGetValue((section, layer), out ulong name) || _dice.Chance(0.2))
            _memory[(section, layer)] = name = (ulong)(1000 + _memory.Count * 16 + _dice.Below(1 << 20));
        return _dice.Fork(name);
    }

    private void DrumBars(char section, int from, int count)
    {
        Dice dice = Remember(section, 100);
        string[] lanes = dice.Pick(_genre.Drums).Split(' ');
        bool crash = _genre.Grid == 4 && dice.Chance(0.4);
        for (int bar = 0; bar < count; bar++)
        {
            bool fill = bar == count - 1 && count >= 4 && _genre.BarsAudible && _dice.Chance(0.5);
            double stop = fill ? _genre.Beats - _dice.Pick<double>([0.5, 1, 2]) : _genre.Beats;
            if (_genre.BarsAudible && _dice.Chance(0.02))
                continue;
            foreach (string lane in lanes)
                Lane(lane, dice, from, bar, stop);
            if (fill && _dice.Chance(0.8))
                Fill((from + bar) * _genre.Beats + stop, (from + bar + 1) * _genre.Beats);
            if (crash && bar == 0)
                Hit(49, 100, from * _genre.Beats);
        }
    }

    private void Lane(string lane, Dice dice, int from, int bar, double stop)
    {
        int bars = lane[0] == '2' ? 2 : 1;
        if (bars == 2)
            lane = lane[1..];
        int key = Sounds.Percussion(lane[0]), steps = (lane.Length - 2) / bars;
        for (int i = 0; i < steps; i++)
        {
            char c = lane[2 + i + bar % bars * steps];
            double at = i * (double)_genre.Beats / steps;
            if (c == '.' || at >= stop || c == '-' && !dice.Chance(0.5))
                continue;
            bool strong = at == Math.Floor(at);
            int velocity = c switch { 'X' => 112, 'o' => 45, _ => 88 } + (strong ? 6 : -6);
            if (_genre.BarsAudible && _dice.Chance(0.015))
                continue;
            Hit(key, velocity, (from + bar) * _genre.Beats + at);
        }
        if (lane[0] == 'K' && _genre.BarsAudible && _dice.Chance(0.06))
            Hit(key, 80, (from + bar) * _genre.Beats + _dice.Below(_genre.Beats * _genre.Grid) / (double)_genre.Grid);
    }

    private void Fill(double from, double to)
    {
        double step = 1.0 / _genre.Grid;
        int[] keys = _dice.Chance(0.5) ? [50, 47, 45, 41] : [38, 38, 38, 40];
        for (double at = from; at < to - 1e-6; at += step)
        {
            if (_dice.Chance(0.8))
                Hit(keys[Math.Min(3, (int)((at - from) / (to - from) * 4))], 90 + _dice.Below(25), at);
        }
    }

    private void Pattern(char section, int from, int count, int channel, string[] patterns, int chordSize)
    {
        Dice dice = Remember(section, channel);
        string pattern = dice.Pick(patterns);
        if (pattern == "?")
            pattern = Fresh(dice);
        int bars = pattern[0] == '2' ? 2 : 1;
        if (bars == 2)
            pattern = pattern[1..];
        int steps = pattern.Length / bars, low = channel == 0 ? 0 : dice.Pick<int>([1, 1, 2]) * 7;
        int walk = 0;
        for (int bar = 0; bar < count; bar++)
        {
            if (from + bar > 0 && channel > 0 && _dice.Chance(0.015))
                continue;
            for (int i = 0; i < steps; i++)
            {
                int at = i + bar % bars * steps;
                char c = pattern[at];
                if (c is '.' or '_')
                    continue;
                int hold = 1;
                while (i + hold < steps && pattern[at + hold] == '_')
                    hold++;
                double unit = (double)_genre.Beats / steps, place = (from + bar) * _genre.Beats + i * unit;
                int degree = _chords.Degree(section, bar + i / (double)steps);
                int velocity = (i == 0 ? 92 : 84) + (c == 'C' ? 14 : 0);
                if (c is 'c' or 'C')
                {
                    for (int tone = 0; tone < chordSize; tone++)
                        Add(channel, _chords.Tone(degree, tone) + 12 * (low / 7), velocity - 8, place, hold * unit * 0.95);
                }
                else if (c == 'w')
                {
                    walk = i == 0 ? 0 : Math.Clamp(walk + dice.Pick<int>([-2, -1, 1, 2]), -3, 7);
                    Add(channel, _chords.Pitch(degree + walk + low), velocity, place, hold * unit * 0.95);
                }
                else if (channel == 0)
                {
                    int step = c switch { '3' => 2, '5' => 4, '8' => 7, _ => 0 };
                    Add(channel, _chords.Pitch(degree + step) - (degree > 4 ? 12 : 0), velocity, place, hold * unit * 0.9);
                }
                else
                {
                    Add(channel, _chords.Tone(degree, c - '1') + 12 * (low / 7), velocity - 6, place, hold * unit * 1.2);
                }
            }
        }
    }

    private string Fresh(Dice dice)
    {
        int steps = _genre.Beats * _genre.Grid;
        var pattern = new char[steps];
        double density = dice.Between(0.15, 0.45);
        for (int i = 0; i < steps; i++)
            pattern[i] = dice.Chance(i == 0 ? 0.8 : density) ? 'c' : dice.Chance(0.4) && i > 0 && pattern[i - 1] != '.' ? '_' : '.';
        return new string(pattern);
    }

    private void MelodyBars(char section, int from, int count, int voice)
    {
        Dice dice = Remember(section, 50 + voice);
        var melody = new Melody(_genre, _chords, 19 + 4 * dice.Below(2) - 5 * voice);
        foreach ((double at, double length, int key, int velocity) in melody.Section(section, count, dice))
            Add(3 + voice, key, velocity, from * _genre.Beats + at, length);
    }

    private void Hit(int key, int velocity, double at) => Add(Drums, key, velocity, at, 0.2);

    private void Add(int channel, int key, int velocity, double at, double length)
    {
        if (at >= _end)
            return;
        double loud = velocity * _dynamics + (_jitter > 0 ? 5 * _dice.Normal() : 0);
        _notes.Add(new Note(channel, key, (int)loud, Swung(at), length, _laidBack[channel] + _jitter * _dice.Normal() * 0.7));
    }

    private double Swung(double at)
    {
        double unit = _genre.SwingSixteenths ? 0.5 : 1;
        double whole = Math.Floor(at / unit), part = at / unit - whole;
        part = part < 0.5 ? part * 2 * _swing : _swing + (part - 0.5) * 2 * (1 - _swing);
        return (whole + part) * unit;
    }
}
