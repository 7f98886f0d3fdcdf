namespace AInimEngine.Core.Control;

/// <summary>What a hand or a clock can do to the tempo.</summary>
public enum TempoAction
{
    /// <summary>A beat was tapped; the value is the tempo of the taps so far in BPM, 0 after the first.</summary>
    Tap,

    /// <summary>The beats lie later by the value, in beats; earlier when negative.</summary>
    Nudge,

    /// <summary>The first beat of a bar is here.</summary>
    Resync,

    /// <summary>Half the tempo.</summary>
    Half,

    /// <summary>Twice the tempo.</summary>
    Double,

    /// <summary>The tempo is held at the value in BPM, whatever is heard; 0 sets it free.</summary>
    Lock,

    /// <summary>Taps, nudges and preferences are forgotten; only the sound counts.</summary>
    Forget,

    /// <summary>A clock runs: it stands at this beat, counted from 0 on a downbeat, and the value is its tempo in BPM. The beats are the clock's.</summary>
    Clock,

    /// <summary>The clock has stopped or is gone: the beats are those heard.</summary>
    ClockGone,

    /// <summary>The tempo was the value in BPM, with a beat here, when a show stopped that goes on: the sound may know better.</summary>
    Suppose,
}
