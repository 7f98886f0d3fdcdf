using System.Diagnostics;

namespace AInimEngine.Audio.Tests.Support;

/// <summary>Monotonic time that goes on when a test says so.</summary>
internal sealed class ManualTime
{
    internal long Now { get; private set; } = 1_000 * Stopwatch.Frequency;

    internal void Advance(double seconds) => Now += (long)(seconds * Stopwatch.Frequency);

    internal long Read() => Now;
}
