namespace AInimEngine.Engine.Live;

/// <summary>
/// Holds the display's rate by taking from the generator: when frames come late it lowers the generator's rate step by step,
/// and gives it back slowly. Works on the display's own time; one thread; allocates nothing.
/// </summary>
internal sealed class Governor
{
    /// <summary>Pictures a second that the generator may make, from the first level on; 0 is as many as it can.</summary>
    private static readonly double[] s_rates = [0, 20, 15, 12, 8];

    // Frames are counted over a second; so many late ones lower, and so many seconds without give back.
    private const double Window = 1, CalmSeconds = 8;
    private const double LateShare = 0.1;

    private double _begin = double.NaN, _calm;
    private int _frames, _late;

    /// <summary>0 is everything, more is less.</summary>
    internal int Level { get; private set; }

    /// <summary>The highest level.</summary>
    internal static int Lowest => s_rates.Length - 1;

    /// <summary>Least seconds from one generated picture to the next.</summary>
    internal double LeastInterval => s_rates[Level] > 0 ? 1 / s_rates[Level] : 0;

    /// <summary>Takes a frame.</summary>
    /// <param name="seconds">Its time.</param>
    /// <param name="skipped">Frames before it that were not shown.</param>
    /// <returns>Whether the level is another one now.</returns>
    internal bool Take(double seconds, long skipped)
    {
        if (double.IsNaN(_begin))
            _begin = seconds;
        _frames++;
        _late += skipped > 0 ? 1 : 0;
        if (seconds - _begin < Window)
            return false;
        bool late = _late > LateShare * _frames;
        _calm = late || _late > 1 ? 0 : _calm + (seconds - _begin);
        (_begin, _frames, _late) = (seconds, 0, 0);
        int before = Level;
        if (late)
        {
            Level = Math.Min(Level + 1, Lowest);
        }
        else if (_calm >= CalmSeconds && Level > 0)
        {
            Level--;
            _calm = 0;
        }
        return Level != before;
    }
}
