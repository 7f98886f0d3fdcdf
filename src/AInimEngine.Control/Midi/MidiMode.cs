namespace AInimEngine.Control.Midi;

/// <summary>What a control's movement means for its row.</summary>
public enum MidiMode
{
    /// <summary>The row follows at once.</summary>
    Absolute,

    /// <summary>The row follows once the control has come to where it stands, so that it never jumps.</summary>
    PickUp,

    /// <summary>Each press changes a switch.</summary>
    Toggle,

    /// <summary>On while it is pressed; goes off at each press where the row is a trigger.</summary>
    Momentary,

    /// <summary>An endless encoder: each message is a step.</summary>
    Relative,
}
