namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>Plays drums, bass, chords and melody onto a canvas by a clock.</summary>
internal sealed class Band
{
    private static readonly int[][] s_majorProgressions = [[0, 7, 9, 5], [0, 9, 5, 7], [0, 5, 0, 7], [0, 4, 5, 7], [0, 5, 9, 7]];
    private static readonly int[][] s_minorProgressions = [[0, 8, 3, 10], [0, 5, 8, 7], [0, 10, 8, 10], [0, 3, 10, 5]];
    private readonly Canvas _canvas;
    private readonly BeatClock _clock;
    private readonly Dice _dice;
    private readonly int _beatsPerBar, _tonic;
    private readonly bool _minor;
    private readonly int[] _progression;

    internal Band(Canvas canvas, BeatClock clock, Dice dice, int beatsPerBar)
    {
        (_canvas, _clock, _dice, _beatsPerBar) = (canvas, clock, dice, beatsPerBar);
        _tonic = dice.Below(12);
        _minor = dice.Chance(0.5);
        _progression = dice.Of(_minor ? s_minorProgressions : s_majorProgressions);
    }

    /// <summary>Deviation of each hit from the grid, seconds.</summary>
    internal double Jitter { get; init; }

    /// <summary>Spread of how hard hits are, 0..1.</summary>
    internal double Dynamics { get; init; } = 0.1;

    private int Bars => (int)Math.Ceiling(_clock.Beats.Length / (double)_beatsPerBar);

    internal void PlayDrums(DrumPattern pattern, Kit kit, double gain = 1, bool fills = true)
    {
        for (int bar = 0; bar < Bars; bar++)
        {
            bool fill = fills && bar % 8 == 7 && _beatsPerBar == 4;
            if (bar % 8 == 0 && bar > 0)
                Hit(kit.Crash, bar * _beatsPerBar, 0.35 * gain, 0.2);
            for (int step = 0; step < pattern.Kick.Length; step++)
            {
                double beat = bar * _beatsPerBar + step / 4.0;
                if (fill && step >= 8)
                {
                    Hit(step < 12 ? kit.Snare : kit.Tom, beat, (step % 2 == 0 ? 0.6 : 0.35) * gain, step < 12 ? 0 : 0.3);
                    continue;
                }
                Play(pattern.Kick[step], kit.Kick, kit.Kick, beat, 0.9 * gain, 0);
                Play(pattern.Snare[step], kit.Snare, kit.Rim, beat, 0.6 * gain, -0.1);
                Play(pattern.Hat[step], kit.Hat, kit.OpenHat, beat, (step % 4 == 0 ? 0.3 : 0.22) * gain, 0.3);
            }
        }
    }

    /// <summary>Roots in quarters, eighths, or on the first beat and the syncopation before the middle.</summary>
    internal void PlayBass(double gain = 0.4)
    {
        double[][] rhythms = _beatsPerBar == 3 ? [[0], [0, 1, 2], [0, 1.5, 2]] : [[0, 1, 2, 3], [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5], [0, 1.5, 2, 3.5], [0, 2]];
        double[] rhythm = _dice.Of(rhythms);
        for (int bar = 0; bar < Bars; bar++)
        {
            int root = 36 + (_tonic + Chord(bar)) % 12;
            for (int i = 0; i < rhythm.Length; i++)
            {
                double next = i + 1 < rhythm.Length ? rhythm[i + 1] : _beatsPerBar;
                int pitch = root + (i > 0 && _dice.Chance(0.15) ? 7 : 0);
                Note(pitch, bar * _beatsPerBar + rhythm[i], 0.85 * (next - rhythm[i]), gain * (i == 0 ? 1 : 0.8), 0.003, 0.5, 1.3, 8);
            }
        }
    }

    /// <summary>Held chords that swell: no attacks.</summary>
    internal void PlayPad(double gain = 0.05)
    {
        for (int bar = 0; bar < Bars; bar++)
        {
            foreach (int pitch in Triad(bar))
            {
                Note(pitch, bar * _beatsPerBar, _beatsPerBar, gain, 0.25, double.PositiveInfinity, 1.8, 4, -0.4);
                Note(pitch + 0.06, bar * _beatsPerBar, _beatsPerBar, gain, 0.3, double.PositiveInfinity, 1.8, 4, 0.4);
            }
        }
    }

    /// <summary>Struck chords: on the beats, on the off-beats, or broken into eighths.</summary>
    internal void PlayChords(double gain = 0.12)
    {
        int style = _dice.Below(3);
        for (int bar = 0; bar < Bars; bar++)
        {
            int[] triad = Triad(bar);
            for (int half = 0; half < 2 * _beatsPerBar; half++)
            {
                double beat = bar * _beatsPerBar + half / 2.0;
                if (style == 2)
                    Note(triad[half % 3] + (half % 4 == 3 ? 12 : 0), beat, 0.9, gain * (half == 0 ? 1.3 : 1), 0.002, 0.4, 1.5, 6, -0.2);
                else if (half % 2 == style && (style == 1 || half == 0 || _dice.Chance(0.8)))
                    Array.ForEach(triad, pitch => Note(pitch, beat, style == 1 ? 0.3 : 0.9, gain, 0.002, 0.4, 1.5, 6, -0.2));
            }
        }
    }

    /// <summary>A tune of the pentatonic scale, notes on the beats longer and likelier than between.</summary>
    internal void PlayMelody(double gain = 0.15)
    {
        int[] scale = _minor ? [0, 3, 5, 7, 10] : [0, 2, 4, 7, 9];
        int place = 5;
        for (int half = 0; half < 2 * Bars * _beatsPerBar; half++)
        {
            if (!_dice.Chance(half % (2 * _beatsPerBar) == 0 ? 0.9 : half % 2 == 0 ? 0.7 : 0.3))
                continue;
            place = Math.Clamp(place + _dice.Below(5) - 2, 0, 12);
            Note(60 + _tonic + scale[place % 5] + 12 * (place / 5 - 1), half / 2.0, _dice.Chance(0.5) ? 0.45 : 0.9, gain, 0.004, 0.6, 1.4, 7, 0.25);
        }
    }

    private int Chord(int bar) => _progression[bar % _progression.Length];

    private int[] Triad(int bar)
    {
        int degree = Chord(bar);
        bool minor = _minor ? degree is 0 or 5 : degree is 9 or 4;
        int root = 48 + (_tonic + degree) % 12;
        return [root, root + (minor ? 3 : 4), root + 7];
    }

    private void Play(char letter, float[] normal, float[] other, double beat, double gain, double pan)
    {
        if (letter != '.')
            Hit(letter is 'o' or 'r' ? other : normal, beat, letter == 'g' ? 0.35 * gain : gain, pan);
    }

    private void Hit(float[] hit, double beat, double gain, double pan) => _canvas.Hit(hit, Time(beat), gain * Force(), pan);

    private void Note(double pitch, double beat, double beats, double gain, double attack, double decay, double slope, int partials, double pan = 0)
    {
        double time = Time(beat), end = _clock.At(beat + beats);
        _canvas.Note(440 * Math.Pow(2, (pitch - 69) / 12), time, Math.Max(0.03, end - time), gain * Force(), attack, decay, slope, partials, pan);
    }

    private double Time(double beat) => Math.Max(0, _clock.At(beat) + (Jitter > 0 ? Jitter * _dice.Normal() : 0));

    private double Force() => Math.Max(0.2, 1 + Dynamics * _dice.Normal());
}
