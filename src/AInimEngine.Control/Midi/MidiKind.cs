namespace AInimEngine.Control.Midi;

/// <summary>What on a controller was moved.</summary>
public enum MidiKind
{
    /// <summary>A key or pad: its number and how hard it was hit.</summary>
    Note,

    /// <summary>A controller of 7 bits: fader, knob, button, encoder.</summary>
    Control,

    /// <summary>A pair of controllers, n and n + 32, of 14 bits together.</summary>
    Control14,

    /// <summary>A non-registered parameter of 14 bits (controllers 99, 98, 6, 38).</summary>
    Nrpn,

    /// <summary>A program was chosen; its number is the control's.</summary>
    Program,

    /// <summary>The pitch wheel, 14 bits.</summary>
    Bend,

    /// <summary>Pressure on the keys of a channel.</summary>
    Pressure,
}
