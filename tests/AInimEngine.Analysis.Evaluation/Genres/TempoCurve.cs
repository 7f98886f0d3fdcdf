namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>The length of every beat in whole microseconds, as a MIDI tempo map holds it.</summary>
public sealed class TempoCurve
{
    private readonly int[] _microseconds;
    private readonly double[] _seconds;

    private TempoCurve(int pickup, double silence, double[] beatSeconds)
    {
        Pickup = pickup;
        Silence = (int)(silence * 1e6);
        _microseconds = Array.ConvertAll(beatSeconds, x => (int)Math.Round(x * 1e6));
        _seconds = new double[beatSeconds.Length + 1];
        _seconds[0] = Silence * 1e-6;
        for (int i = 0; i < beatSeconds.Length; i++)
            _seconds[i + 1] = _seconds[i] + _microseconds[i] * 1e-6;
    }

    /// <summary>Whole beats before the first bar line.</summary>
    public int Pickup { get; }

    /// <summary>Microseconds of silence before the first beat.</summary>
    public int Silence { get; }

    /// <summary>Microseconds of each beat, from the pickup on.</summary>
    public IReadOnlyList<int> Microseconds => _microseconds;

    /// <summary>When a beat, or a place between two, is; linear within a beat.</summary>
    /// <param name="beat">Beats from the first bar line.</param>
    public double Seconds(double beat)
    {
        double at = Math.Clamp(beat + Pickup, 0, _microseconds.Length - 1e-9);
        int whole = (int)at;
        return _seconds[whole] + (at - whole) * _microseconds[whole] * 1e-6;
    }

    /// <summary>Makes up the tempo of a piece.</summary>
    public static TempoCurve Make(Genre genre, double bpm, int bars, int pickup, Dice dice)
    {
        int count = pickup + (bars + 2) * genre.Beats;
        var seconds = new double[count];
        bool plain = genre.DrumShare >= 1;
        double kind = dice.Next(), ramp = 0, step = 1;
        int stepAt = count;
        if (kind < (plain ? 0.15 : 0.05))
            ramp = dice.Between(-0.15, 0.15);
        else if (kind < (plain ? 0.3 : 0.1))
            (stepAt, step) = ((int)(count * dice.Between(0.35, 0.65)), dice.Chance(0.5) ? dice.Between(1.12, 1.3) : dice.Between(0.77, 0.88));
        double drift = genre.Rubato > 0 && dice.Chance(0.6) ? 0.004 + 0.01 * genre.Rubato : 0, wander = 0;
        double breath = genre.Rubato > 0.15 && dice.Chance(0.4 + 0.5 * genre.Rubato) ? genre.Rubato * dice.Between(0.02, 0.12) : 0;
        int phrase = genre.Beats * dice.Pick<int>([2, 4, 4, 8]);
        bool slows = dice.Chance(0.1 + 0.6 * genre.Rubato);
        double broad = dice.Between(1.1, 1.5);
        for (int i = 0; i < count; i++)
        {
            wander = 0.97 * wander + drift * dice.Normal();
            double rate = bpm * (1 + ramp * i / count) * (i >= stepAt ? step : 1) * Math.Exp(wander);
            double place = (double)((i - pickup + count * phrase) % phrase) / phrase;
            rate *= 1 + breath * (Math.Sin(Math.PI * place) * 1.3 - 0.8) + breath * 0.3 * dice.Normal();
            int left = bars * genre.Beats + pickup - i;
            if (slows && left < 6)
                rate /= 1 + (broad - 1) * (6 - Math.Max(left, 0)) / 6.0;
            seconds[i] = 60 / Math.Clamp(rate, 30, 260);
        }
        return new TempoCurve(pickup, dice.Between(0.03, dice.Chance(0.3) ? 2 : 0.4), seconds);
    }
}
