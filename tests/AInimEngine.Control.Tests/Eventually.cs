using System.Diagnostics;

namespace AInimEngine.Control.Tests;

/// <summary>Waits for what another thread, process or device does: asks every millisecond until a deadline.</summary>
internal static class Eventually
{
    internal static async Task True(Func<bool> condition, string what, double seconds = 10)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        while (!condition())
        {
            Assert.True(Stopwatch.GetTimestamp() < end, $"within {seconds} s: {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
