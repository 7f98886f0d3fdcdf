using System.Collections.Concurrent;
using AInimEngine.Core.State;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// Memory for the states that segments begin with, used again and again: a state holds pictures, and a new copy of them for every
/// segment would be garbage that only the rarest collections take away. Any thread.
/// </summary>
public sealed class StatePool
{
    private readonly ConcurrentBag<MemoryStream> _free = [];

    /// <summary>An empty state. Whoever uses it up gives it to <see cref="Return"/>; one that is never returned is no harm.</summary>
    public MemoryStream Rent()
    {
        MemoryStream state = _free.TryTake(out MemoryStream? used) ? used : new MemoryStream();
        state.SetLength(0);
        return state;
    }

    /// <summary>Takes a state back; what is in it is lost.</summary>
    public void Return(MemoryStream state) => _free.Add(state);

    /// <summary>Adds to a state what a stage saves.</summary>
    internal static void Append(MemoryStream state, Action<StateWriter> save)
    {
        var writer = new StateWriter(state);
        save(writer);
        writer.Flush();
    }
}
