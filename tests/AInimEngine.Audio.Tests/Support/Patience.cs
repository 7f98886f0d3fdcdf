using System.Diagnostics;

namespace AInimEngine.Audio.Tests.Support;

/// <summary>Waits for what another process or device does, as long as it may take and no longer.</summary>
internal static class Patience
{
    private static readonly ManualResetEvent s_never = new(false);

    /// <summary>Looks every 10 ms until it is so.</summary>
    /// <param name="what">What is awaited, for the failure.</param>
    /// <param name="isSo">The condition.</param>
    /// <param name="seconds">At most so long.</param>
    internal static void Until(string what, Func<bool> isSo, double seconds = 10)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"after {seconds} s: {what}");
            s_never.WaitOne(10);
        }
    }
}
