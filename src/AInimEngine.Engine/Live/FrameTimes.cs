using System.Diagnostics;

namespace AInimEngine.Engine.Live;

/// <summary>How long the display's frames took, and how far apart they came: a histogram of tenths of milliseconds. One thread; allocates nothing.</summary>
public sealed class FrameTimes
{
    private const int Buckets = 20_000;
    private readonly int[] _intervals = new int[Buckets], _works = new int[Buckets];
    private long _last;

    /// <summary>Frames shown.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that were due and not shown.</summary>
    public long Skipped { get; private set; }

    /// <summary>The longest time from one frame to the next, ms.</summary>
    public double LongestMs { get; private set; }

    /// <summary>A quantile of the time from one frame to the next, ms.</summary>
    /// <param name="share">0..1: 0.5 is the median.</param>
    public double IntervalMs(double share) => Quantile(_intervals, share);

    /// <summary>A quantile of the time that a frame took until it was handed to the window, ms.</summary>
    /// <param name="share">0..1.</param>
    public double WorkMs(double share) => Quantile(_works, share);

    internal void Take(long started, long shown, long skipped)
    {
        Frames++;
        Skipped += skipped;
        Count(_works, shown - started);
        if (_last != 0)
        {
            Count(_intervals, shown - _last);
            LongestMs = Math.Max(LongestMs, Milliseconds(shown - _last));
        }
        _last = shown;
    }

    /// <summary>Begins anew: what was before counts no more.</summary>
    public void Reset()
    {
        Array.Clear(_intervals);
        Array.Clear(_works);
        (_last, Frames, Skipped, LongestMs) = (0, 0, 0, 0);
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private static void Count(int[] buckets, long ticks) => buckets[(int)Math.Clamp(Milliseconds(ticks) * 10, 0, Buckets - 1)]++;

    private static double Quantile(int[] buckets, double share)
    {
        long total = 0;
        foreach (int count in buckets)
            total += count;
        long wanted = (long)Math.Ceiling(total * share), seen = 0;
        for (int i = 0; i < buckets.Length; i++)
            if ((seen += buckets[i]) >= wanted)
                return (i + 0.5) / 10;
        return 0;
    }
}
