namespace AInimEngine.Analysis.Midi;

/// <summary>Pairs the note-ons and note-offs of a track: of equal notes that overlap, the one that began first ends first.</summary>
internal sealed class TrackNotes
{
    private readonly List<MidiNote> _notes = [];
    private Queue<int>?[]? _sounding;

    internal void Begin(long tick, byte channel, byte pitch, byte velocity)
    {
        _sounding ??= new Queue<int>?[16 * 128];
        (_sounding[channel * 128 + pitch] ??= []).Enqueue(_notes.Count);
        _notes.Add(new(tick, 0, channel, pitch, velocity));
    }

    internal void End(long tick, byte channel, byte pitch)
    {
        if (_sounding?[channel * 128 + pitch]?.TryDequeue(out int index) == true)
            _notes[index] = _notes[index] with { Length = tick - _notes[index].Start };
    }

    /// <summary>All notes; those that still sound end at <paramref name="tick"/>.</summary>
    internal List<MidiNote> EndAt(long tick)
    {
        foreach (Queue<int>? indices in _sounding ?? [])
        {
            while (indices?.TryDequeue(out int index) == true)
                _notes[index] = _notes[index] with { Length = tick - _notes[index].Start };
        }
        return _notes;
    }
}
