using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AInimEngine.Core.Time;

/// <summary>The one wait that paces the live loop: until an absolute instant of the monotonic clock, so that lateness never adds up.</summary>
public static partial class Deadline
{
    private const int Monotonic = 1, AbsoluteTime = 1;
    private const long Nanoseconds = 1_000_000_000;

    /// <summary>Blocks the thread until an instant; returns at once when it is over.</summary>
    /// <param name="timestamp">In ticks of <see cref="Stopwatch.Frequency"/>.</param>
    public static void Wait(long timestamp)
    {
        if (timestamp <= Stopwatch.GetTimestamp())
            return;
        if (!OperatingSystem.IsLinux())
        {
            WaitCoarsely(timestamp);
            return;
        }
        // .NET's Stopwatch is CLOCK_MONOTONIC in nanoseconds there, so its instants can be handed to the kernel.
        long at = (long)((Int128)timestamp * Nanoseconds / Stopwatch.Frequency);
        var until = new Timespec { Seconds = at / Nanoseconds, Nanoseconds = at % Nanoseconds };
        while (clock_nanosleep(Monotonic, AbsoluteTime, in until, 0) == Interrupted)
        {
        }
    }

    private const int Interrupted = 4;

    private static void WaitCoarsely(long timestamp)
    {
        using var never = new ManualResetEventSlim();
        for (long left; (left = timestamp - Stopwatch.GetTimestamp()) > 0;)
            never.Wait(TimeSpan.FromSeconds(Math.Max(0.001, (double)left / Stopwatch.Frequency)));
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int clock_nanosleep(int clock, int flags, in Timespec until, nint remaining);
}
