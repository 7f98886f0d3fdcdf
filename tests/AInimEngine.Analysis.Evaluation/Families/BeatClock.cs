namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>Instants of the beats of a track; places between them by interpolation.</summary>
internal sealed class BeatClock
{
    private readonly List<double> _times = [];

    /// <summary>Lays out beats from <paramref name="start"/> until past <paramref name="end"/>, seconds.</summary>
    /// <param name="bpmAt">Tempo from the beat that begins now, of its number and its instant.</param>
    internal BeatClock(double start, double end, Func<int, double, double> bpmAt)
    {
        _times.Add(start);
        while (_times[^1] < end + 5)
            _times.Add(_times[^1] + 60 / bpmAt(_times.Count - 1, _times[^1]));
        End = end;
    }

    internal double End { get; }

    /// <summary>Beats before the end.</summary>
    internal double[] Beats => [.. _times.Where(time => time < End)];

    /// <summary>Share of a beat at which its second half begins: 0.5 straight, 2/3 triplet swing.</summary>
    internal double Swing { get; init; } = 0.5;

    /// <summary>Instant of a place in beats from the first, 0 or more.</summary>
    internal double At(double beat)
    {
        int whole = Math.Min((int)beat, _times.Count - 2);
        double part = beat - whole;
        part = part < 0.5 ? part * 2 * Swing : Swing + (part - 0.5) * 2 * (1 - Swing);
        return _times[whole] + part * (_times[whole + 1] - _times[whole]);
    }
}
