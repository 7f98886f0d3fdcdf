namespace AInimEngine.Analysis.Midi;

/// <summary>One note of a MIDI file.</summary>
/// <param name="Start">Tick at which it begins.</param>
/// <param name="Length">Ticks until its note-off, 0 or more; a note that is never ended lasts to the end of its track.</param>
/// <param name="Channel">0..15; 9 is General MIDI's drums.</param>
/// <param name="Pitch">0..127, 60 is middle C.</param>
/// <param name="Velocity">1..127.</param>
public readonly record struct MidiNote(long Start, long Length, byte Channel, byte Pitch, byte Velocity)
{
    /// <summary>Tick at which it ends.</summary>
    public long End => Start + Length;
}
