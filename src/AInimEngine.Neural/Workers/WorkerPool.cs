namespace AInimEngine.Neural.Workers;

/// <summary>
/// Keeps a worker whose generator has left for the next generator: a process with libtorch takes a second to start, which a show
/// would pay for at every change of preset. One waits at most. Any thread.
/// </summary>
public sealed class WorkerPool : IDisposable
{
    private WorkerLink? _idle;
    private volatile bool _isClosed;

    /// <summary>Ends the worker that waits; those that come back later end too.</summary>
    public void Dispose()
    {
        _isClosed = true;
        Interlocked.Exchange(ref _idle, null)?.Dispose();
    }

    /// <summary>A worker that waits, or null.</summary>
    internal WorkerLink? Take() => Interlocked.Exchange(ref _idle, null);

    /// <summary>Takes a worker back that nobody uses.</summary>
    internal void Give(WorkerLink worker)
    {
        // The newer one stays: it was used last, so that it is the one that works.
        Interlocked.Exchange(ref _idle, worker)?.Dispose();
        if (_isClosed)
            Interlocked.Exchange(ref _idle, null)?.Dispose();
    }
}
