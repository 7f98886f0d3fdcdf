namespace AInimEngine.Analysis.Midi;

/// <summary>One track of a MIDI file.</summary>
/// <param name="Name">What its name event says, control characters left out; empty if it has none.</param>
/// <param name="Notes">In order of their start, then as the file has them.</param>
/// <param name="Controllers">In order of time, then as the file has them.</param>
/// <param name="EndTick">Tick of its last event.</param>
public sealed record MidiTrack(
    string Name, IReadOnlyList<MidiNote> Notes, IReadOnlyList<MidiController> Controllers, long EndTick);
