using System.Diagnostics;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>The longest time between two turns of a loop. One thread takes, another may pardon.</summary>
internal sealed class LateWatch
{
    private long _last, _longest, _count;
    private volatile bool _pardons, _pardoned;

    /// <summary>While it is set, and for one turn after it, nothing counts.</summary>
    internal bool Pardons
    {
        set
        {
            _pardoned |= value;
            _pardons = value;
        }
    }

    /// <summary>Turns that counted.</summary>
    internal long Count => Volatile.Read(ref _count);

    /// <summary>The longest, in milliseconds.</summary>
    internal double LongestMs => Volatile.Read(ref _longest) * 1000.0 / Stopwatch.Frequency;

    /// <summary>A turn is over.</summary>
    /// <param name="counts">The time since the one before counts.</param>
    internal void Take(bool counts)
    {
        long now = Stopwatch.GetTimestamp();
        if (counts && _last != 0 && !_pardoned)
        {
            Volatile.Write(ref _longest, Math.Max(_longest, now - _last));
            Volatile.Write(ref _count, _count + 1);
        }
        _pardoned = _pardons;
        _last = now;
    }
}
