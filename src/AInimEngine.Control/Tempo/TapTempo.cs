using System.Diagnostics;

namespace AInimEngine.Control.Tempo;

/// <summary>
/// Tempo from taps: the straight line through the last ones, with those that were forgotten or doubled by the finger set
/// right, so that no single bad tap moves the beat. A pause begins anew. One thread; allocates nothing.
/// </summary>
public sealed class TapTempo
{
    /// <summary>Taps that are kept.</summary>
    public const int MostTaps = 16;

    /// <summary>A tap that comes sooner is the same finger bouncing: 400 a minute.</summary>
    private const double Shortest = 0.15;

    /// <summary>Longest time between two taps: 24 a minute.</summary>
    private const double Longest = 2.5;

    /// <summary>After so many seconds without a tap the next one is the first, however slow the taps were.</summary>
    private const double Pause = 4;

    /// <summary>Taps beside the line, one after the other, that are passed over.</summary>
    private const int MostStrays = 2;

    private readonly double[] _times = new double[MostTaps], _beats = new double[MostTaps];
    private double _period, _newest, _since;
    private int _strays;

    /// <summary>Taps that count.</summary>
    public int Count { get; private set; }

    /// <summary>Beats a minute, 24 to 400; 0 before the second tap.</summary>
    public double Bpm => _period > 0 ? 60 / _period : 0;

    /// <summary>The instant of the last beat as the line has it, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Beat { get; private set; }

    /// <summary>A tap.</summary>
    /// <param name="timestamp">In ticks of <see cref="Stopwatch"/>.</param>
    /// <returns>False when it was ignored: a bounce, or earlier than the last one.</returns>
    public bool Tap(long timestamp)
    {
        double at = (double)timestamp / Stopwatch.Frequency, since = at - _newest;
        if (Count > 0 && since < Shortest)
            return false;
        double limit = _period > 0 ? Math.Clamp(3 * _period, Longest, Pause) : Longest;
        if (Count > 0 && since > limit)
            Reset();
        bool agree = Count > 0 && _since > 0 && Math.Abs(since / _since - 1) < 0.1;
        double beats = 1, before = _since;
        (_newest, _since) = (at, Count > 0 ? since : 0);
        if (_period > 0)
        {
            double passed = (at - _times[Count - 1]) / _period;
            beats = Math.Round(passed);
            bool fits = beats >= 1 && Math.Abs(passed - beats) < 0.25;
            bool isOther = agree && Math.Abs(since / _period - 1) > 0.15;
            if (isOther || (!fits && _strays >= MostStrays))
            {
                Restart(at - since, agree ? at - since - before : double.NaN);
                beats = 1;
            }
            else if (!fits)
            {
                // One tap beside the line is a slip; two intervals that agree are another tempo.
                _strays++;
                Beat = timestamp;
                return true;
            }
        }
        _strays = 0;
        Add(at, Count == 0 ? 0 : _beats[Count - 1] + beats);
        Fit();
        return true;
    }

    /// <summary>Forgets all taps.</summary>
    public void Reset() => (Count, _period, _since, _strays) = (0, 0, 0, 0);

    /// <summary>The line begins anew with the taps before this one.</summary>
    private void Restart(double last, double beforeLast)
    {
        (Count, _period) = (0, 0);
        if (double.IsFinite(beforeLast))
            Add(beforeLast, -1);
        Add(last, 0);
    }

    private void Add(double at, double beat)
    {
        if (Count == MostTaps)
        {
            _times.AsSpan(1).CopyTo(_times);
            _beats.AsSpan(1).CopyTo(_beats);
            Count--;
        }
        (_times[Count], _beats[Count]) = (at, beat);
        Count++;
    }

    /// <summary>Least squares over time and number of beat; times count from the last one, so that they keep their precision.</summary>
    private void Fit()
    {
        double zero = _times[Count - 1], first = _beats[Count - 1], sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        for (int i = 0; i < Count; i++)
        {
            double x = _beats[i] - first, y = _times[i] - zero;
            (sumX, sumY, sumXx, sumXy) = (sumX + x, sumY + y, sumXx + x * x, sumXy + x * y);
        }
        double spread = sumXx - sumX * sumX / Count;
        _period = Count > 1 ? (sumXy - sumX * sumY / Count) / spread : 0;
        double late = Count > 1 ? (sumY - _period * sumX) / Count : 0;
        Beat = (long)Math.Round((zero + late) * Stopwatch.Frequency);
    }
}
