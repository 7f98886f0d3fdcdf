namespace AInimEngine.Engine.Live;

/// <summary>
/// Holds the display's rate: when frames come late it takes from the generator and from the shaders' working size, step by
/// step, and gives back slowly. A step that was given back and had to be taken again waits twice as long the next time.
/// Works on the display's own time; one thread; allocates nothing.
/// </summary>
internal sealed class Governor
{
    // Late frames are counted over half a second; this share of them lowers.
    private const double Window = 0.5, LateShare = 0.08;

    // So many calm seconds give a step back; a step that fails within the trial doubles them, up to the longest.
    private const double CalmSeconds = 6, LongestCalm = 180, TrialSeconds = 5;

    // A step is given back only where the frame's work leaves room for it, as a share of the frame's time.
    private const double Room = 0.7;

    private double _begin = double.NaN, _settled = double.NegativeInfinity, _gaveBack = double.NegativeInfinity, _calm, _wait = CalmSeconds, _work;
    private int _frames, _late;

    /// <summary>0 is everything, more is less.</summary>
    internal int Level { get; private set; }

    /// <summary>The highest level.</summary>
    internal static int Lowest => GovernorLevel.All.Count - 1;

    /// <summary>What is allowed now.</summary>
    internal GovernorLevel Allows => GovernorLevel.All[Level];

    /// <summary>Begins at a level that a measurement before the show has found.</summary>
    internal void Begin(int level) => Level = Math.Clamp(level, 0, Lowest);

    /// <summary>Frames that come late until then are nobody's fault: something is being made ready.</summary>
    /// <param name="seconds">The display's time.</param>
    internal void Pardon(double seconds)
    {
        _settled = seconds + Window;
        (_begin, _frames, _late, _work) = (seconds, 0, 0, 0);
    }

    /// <summary>Takes a frame.</summary>
    /// <param name="seconds">Its time.</param>
    /// <param name="skipped">Frames before it that were not shown.</param>
    /// <param name="work">Its work over the time that a frame has.</param>
    /// <returns>Whether the level is another one now.</returns>
    internal bool Take(double seconds, long skipped, double work)
    {
        if (double.IsNaN(_begin))
            _begin = seconds;
        _frames++;
        _late += skipped > 0 ? 1 : 0;
        _work += work;
        double length = seconds - _begin;
        if (length < Window)
            return false;
        bool late = _late > Math.Max(1, LateShare * _frames);
        double mean = _work / _frames;
        _calm = late || _late > 1 ? 0 : _calm + length;
        (_begin, _frames, _late, _work) = (seconds, 0, 0, 0);
        if (late && seconds >= _settled)
            return Lower(seconds);
        if (late || _calm < _wait || mean > Room || Level == 0)
            return false;
        Level--;
        (_calm, _gaveBack) = (0, seconds);
        return true;
    }

    private bool Lower(double seconds)
    {
        if (Level == Lowest)
            return false;
        _wait = seconds - _gaveBack < TrialSeconds ? Math.Min(LongestCalm, 2 * _wait) : _wait;
        Level++;
        // The step needs a moment to show what it saves.
        _settled = seconds + Window;
        return true;
    }
}
