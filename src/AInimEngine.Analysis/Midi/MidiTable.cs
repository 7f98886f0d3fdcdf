using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Midi;

/// <summary>
/// What presets can listen to in one track of a MIDI file. Layout, documentation and schema are made from this table.
/// Filled frame by frame by <see cref="MidiClock"/>.
/// </summary>
public static class MidiTable
{
    internal const int Pulse = 0, Gate = 1, Note = 2, Velocity = 3, Count = 4, Classes = 5, Controllers = Classes + 12;

    /// <summary>The sources of a track, in order of offset.</summary>
    public static FrameLayout Layout { get; } = new(
    [
        new("pulse", 1, "", 0, 1, "In the frame in which notes begin: the largest velocity."),
        new("gate", 1, "", 0, 1, "1 while a note sounds, and in the frame in which one begins."),
        new("note", 1, "", 0, 127, "Pitch of the newest note, 60 is middle C; stays after its end."),
        new("velocity", 1, "", 0, 1, "Velocity of the newest note while any sounds."),
        new("count", 1, "notes", 0, 128, "Notes that sound."),
        new("classes", 12, "", 0, 1, "Largest velocity that sounds in each pitch class, C to B."),
        new("cc", 128, "", 0, 1, "Last value of each controller: cc[1] is the modulation wheel, cc[11] expression."),
    ]);
}
