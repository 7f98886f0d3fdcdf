namespace AInimEngine.Core.Control;

/// <summary>What a hand can do with a row of the <see cref="ControlSurface"/>.</summary>
public enum ControlKind
{
    /// <summary>A value in a range: a fader, a knob.</summary>
    Value,

    /// <summary>On or off: blackout, freeze.</summary>
    Switch,

    /// <summary>Something that happens: next preset, tap, panic.</summary>
    Trigger,

    /// <summary>Something with a name: a preset.</summary>
    Text,
}
