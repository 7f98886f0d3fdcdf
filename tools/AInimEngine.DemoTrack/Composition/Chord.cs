namespace AInimEngine.DemoTrack.Composition;

/// <summary>A chord over a bass note.</summary>
/// <param name="Name">As a lead sheet writes it.</param>
/// <param name="Bar">From 0.</param>
/// <param name="Step">Sixteenth in the bar.</param>
/// <param name="Length">Sixteenths.</param>
/// <param name="Bass">MIDI note.</param>
/// <param name="Voices">Four MIDI notes, each near the one that its voice sang before.</param>
/// <param name="Arpeggio">Five MIDI notes, upwards, that the arpeggio plays.</param>
public sealed record Chord(string Name, int Bar, int Step, int Length, int Bass, int[] Voices, int[] Arpeggio);
