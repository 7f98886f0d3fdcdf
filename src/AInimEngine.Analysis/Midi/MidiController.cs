namespace AInimEngine.Analysis.Midi;

/// <summary>A controller of a MIDI file takes a value.</summary>
/// <param name="Tick">When.</param>
/// <param name="Channel">0..15.</param>
/// <param name="Number">0..127: 1 modulation, 7 volume, 10 pan, 11 expression, 64 sustain, ...</param>
/// <param name="Value">0..127.</param>
public readonly record struct MidiController(long Tick, byte Channel, byte Number, byte Value);
