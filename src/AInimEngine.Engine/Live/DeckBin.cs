using System.Diagnostics;

namespace AInimEngine.Engine.Live;

/// <summary>
/// What has left the stage and is freed beside the show: generators end and free themselves on their own threads, GPU objects
/// go one after another, for a small part of each frame. The display's thread.
/// </summary>
internal sealed class DeckBin : IDisposable
{
    // A whole chain takes some milliseconds with the software renderer, a single object up to one.
    private static readonly long s_share = Stopwatch.Frequency / 4000;

    private readonly List<DeckChains> _chains = [];
    private readonly List<PictureRelay> _relays = [];

    /// <summary>Something is not freed yet.</summary>
    internal bool IsFreeing => _chains.Count > 0 || _relays.Count > 0;

    /// <summary>Takes shaders.</summary>
    internal void Take(DeckChains chains) => _chains.Add(chains);

    /// <summary>Takes a generator's thread, which frees its scene when its present picture is done.</summary>
    internal void Take(PictureRelay relay, Scene scene)
    {
        relay.Leave(scene);
        _relays.Add(relay);
    }

    /// <summary>Frees a little. Once a frame.</summary>
    internal void Step()
    {
        if (_chains.Count > 0)
        {
            long end = Stopwatch.GetTimestamp() + s_share;
            do
            {
                if (!_chains[^1].FreeOne())
                    _chains.RemoveAt(_chains.Count - 1);
            }
            while (_chains.Count > 0 && Stopwatch.GetTimestamp() < end);
        }
        for (int i = _relays.Count - 1; i >= 0; i--)
        {
            if (!_relays[i].HasLeft)
                continue;
            _relays[i].Dispose();
            _relays.RemoveAt(i);
        }
    }

    /// <summary>Frees the rest, and waits for pictures that are still being made.</summary>
    public void Dispose()
    {
        foreach (DeckChains chains in _chains)
            chains.Dispose();
        foreach (PictureRelay relay in _relays)
            relay.Dispose();
        _chains.Clear();
        _relays.Clear();
    }
}
