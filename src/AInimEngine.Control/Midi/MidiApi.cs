namespace AInimEngine.Control.Midi;

/// <summary>The system through which MIDI comes; the numbers are RtMidi's.</summary>
public enum MidiApi
{
    /// <summary>The first that works.</summary>
    Any = 0,

    /// <summary>CoreMIDI on macOS.</summary>
    Core = 1,

    /// <summary>ALSA's sequencer on Linux.</summary>
    Alsa = 2,

    /// <summary>JACK.</summary>
    Jack = 3,

    /// <summary>Windows multimedia.</summary>
    Windows = 4,
}
