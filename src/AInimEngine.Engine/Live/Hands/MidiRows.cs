using AInimEngine.Core.Control;

namespace AInimEngine.Engine.Live.Hands;

/// <summary>The rows that teach a MIDI device what to move.</summary>
internal static class MidiRows
{
    internal const string Prefix = "midi/", Learn = "midi/learn", LearnHere = "midi/learn/here", LearnRow = "midi/learn/row", Forget = "midi/forget";

    internal static ControlRow[] All { get; } =
    [
        new(Learn, ControlKind.Trigger, "The next MIDI control to move takes over what was moved last; once more leaves it."),
        new(LearnHere, ControlKind.Trigger, "The same for the preset that plays alone."),
        new(LearnRow, ControlKind.Text, "The next MIDI control to move takes over the row of this name, such as param/bloom.strength."),
        new(Forget, ControlKind.Trigger, "No MIDI control moves any more what was moved last."),
    ];
}
