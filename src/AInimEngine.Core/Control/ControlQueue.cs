namespace AInimEngine.Core.Control;

/// <summary>
/// A bounded queue of control events from one thread to another. When it is full the newest is dropped and counted.
/// Nothing blocks or allocates.
/// </summary>
/// <param name="capacity">A power of two.</param>
public sealed class ControlQueue(int capacity = 1024)
{
    private readonly ControlEvent[] _events = new ControlEvent[System.Numerics.BitOperations.IsPow2(capacity) ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "a power of two")];
    private long _written, _read, _dropped;

    /// <summary>Events that did not fit.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Adds an event; false when there is no room. The writing thread.</summary>
    public bool TryWrite(in ControlEvent happened)
    {
        if (_written - Volatile.Read(ref _read) >= _events.Length)
        {
            Volatile.Write(ref _dropped, _dropped + 1);
            return false;
        }
        _events[_written & (_events.Length - 1)] = happened;
        Volatile.Write(ref _written, _written + 1);
        return true;
    }

    /// <summary>Takes the oldest event. The reading thread.</summary>
    public bool TryRead(out ControlEvent happened)
    {
        if (_read == Volatile.Read(ref _written))
        {
            happened = default;
            return false;
        }
        happened = _events[_read & (_events.Length - 1)];
        Volatile.Write(ref _read, _read + 1);
        return true;
    }
}
