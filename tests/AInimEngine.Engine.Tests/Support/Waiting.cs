using System.Diagnostics;
using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>Waits for what another thread or process does, and for nothing longer.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks until it is so; fails after a time that only a broken program needs.</summary>
    internal static void Until(Func<bool> so, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!so())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"{what} did not happen");
            Deadline.Wait(Stopwatch.GetTimestamp() + Stopwatch.Frequency / 500);
        }
    }
}
