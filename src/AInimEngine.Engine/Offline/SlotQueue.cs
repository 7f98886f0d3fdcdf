namespace AInimEngine.Engine.Offline;

/// <summary>
/// Hands a fixed set of reusable slots from one producer thread to one consumer thread, in order. The producer fills
/// what <see cref="Rent"/> gives and calls <see cref="Publish"/>; the consumer uses what <see cref="Take"/> gives and
/// calls <see cref="Return"/>. Bounded by the number of slots; allocates nothing after construction.
/// </summary>
/// <typeparam name="T">A mutable slot, e.g. a picture with its controls.</typeparam>
public sealed class SlotQueue<T> : IDisposable
    where T : class
{
    private readonly T[] _slots;
    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _filled;
    private int _write, _read;

    /// <summary>Makes a queue over <paramref name="slots"/>; the caller keeps owning them.</summary>
    public SlotQueue(params T[] slots)
    {
        ArgumentOutOfRangeException.ThrowIfZero(slots.Length);
        _slots = slots;
        _free = new SemaphoreSlim(slots.Length);
        _filled = new SemaphoreSlim(0);
    }

    /// <summary>Producer: waits for a free slot. The slot stays the producer's until <see cref="Publish"/>.</summary>
    public T Rent(CancellationToken cancellation)
    {
        _free.Wait(cancellation);
        return _slots[_write];
    }

    /// <summary>Producer: hands the rented slot over.</summary>
    public void Publish()
    {
        _write = (_write + 1) % _slots.Length;
        _filled.Release();
    }

    /// <summary>Consumer: waits for the next slot. It stays the consumer's until <see cref="Return"/>.</summary>
    public T Take(CancellationToken cancellation)
    {
        _filled.Wait(cancellation);
        return _slots[_read];
    }

    /// <summary>Consumer: gives the taken slot back.</summary>
    public void Return()
    {
        _read = (_read + 1) % _slots.Length;
        _free.Release();
    }

    /// <summary>Frees the semaphores; nobody may be waiting.</summary>
    public void Dispose()
    {
        _free.Dispose();
        _filled.Dispose();
    }
}
