namespace AInimEngine.Engine.Live;

/// <summary>
/// Lets through what comes too often, at a mean interval: what comes once a frame rarely comes when it is due, and what one is late
/// is the next one's to win back. At most one interval is won back.
/// </summary>
internal struct Pace
{
    private long _due;

    /// <summary>Whether this one may go.</summary>
    /// <param name="now">Monotonic time in ticks; never less than the one before.</param>
    /// <param name="interval">Mean ticks from one to the next; 0 lets everything through.</param>
    internal bool TryTake(long now, long interval)
    {
        if (now < _due)
            return false;
        _due = Math.Max(_due, now - interval) + interval;
        return true;
    }
}
