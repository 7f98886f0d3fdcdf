using System.Diagnostics;

namespace AInimEngine.Engine.Live.Guarding;

/// <summary>Decides what follows when a show has died: the same state again, the first preset alone, or nothing more.</summary>
internal sealed class DeathCount
{
    /// <summary>Deaths within <see cref="Window"/> after which the state itself is suspected.</summary>
    internal const int BeforePanic = 3;

    /// <summary>Deaths within <see cref="Window"/> after which it is left.</summary>
    internal const int Most = 6;

    /// <summary>Deaths that lie further apart have nothing to do with each other.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _deaths = [];
    private long _lost;

    /// <summary>Counts a death.</summary>
    /// <param name="at">Monotonic ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="loading">How long it had been loading, where it has not come to play: that is no time between two deaths.</param>
    internal AfterDeath Note(long at, TimeSpan loading = default)
    {
        _lost += (long)(loading.TotalSeconds * Stopwatch.Frequency);
        at -= _lost;
        _deaths.Enqueue(at);
        while (Stopwatch.GetElapsedTime(_deaths.Peek(), at) > Window)
            _deaths.Dequeue();
        return _deaths.Count >= Most ? AfterDeath.Leave : _deaths.Count >= BeforePanic ? AfterDeath.Panic : AfterDeath.Resume;
    }
}
