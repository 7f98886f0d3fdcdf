namespace AInimEngine.Core.Control;

/// <summary>
/// Where control events come from: keys, OSC, MIDI, the web. It listens on threads of its own and keeps the newest events in
/// a bounded queue; what no longer fits is dropped and counted, so a flood costs nothing but itself.
/// </summary>
public interface IControlSource : IDisposable
{
    /// <summary>For people: "OSC 9000", "nanoKONTROL2".</summary>
    string Name { get; }

    /// <summary>Events that were dropped because nobody read them in time.</summary>
    long Dropped { get; }

    /// <summary>Takes the oldest event that waits. The loop's thread; never blocks, allocates nothing.</summary>
    bool TryRead(out ControlEvent happened);
}
