using AInimEngine.Core.Control;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Control.Tempo;

/// <summary>The rows of a surface that reach the tempo; <see cref="TempoHand"/> knows what they mean.</summary>
public static class TempoRows
{
    /// <summary>Tap a beat.</summary>
    public const string Tap = "tempo/tap";

    /// <summary>The bar begins now.</summary>
    public const string Resync = "tempo/resync";

    /// <summary>Half the tempo.</summary>
    public const string Half = "tempo/half";

    /// <summary>Twice the tempo.</summary>
    public const string Double = "tempo/double";

    /// <summary>A step earlier.</summary>
    public const string Earlier = "tempo/earlier";

    /// <summary>A step later.</summary>
    public const string Later = "tempo/later";

    /// <summary>Forget what hands did.</summary>
    public const string Forget = "tempo/forget";

    /// <summary>Hold the tempo.</summary>
    public const string Lock = "tempo/lock";

    /// <summary>The tempo to hold.</summary>
    public const string Bpm = "tempo/bpm";

    /// <summary>Follow the MIDI clock.</summary>
    public const string Clock = "tempo/clock";

    /// <summary>All of them, in the order that people see.</summary>
    public static IReadOnlyList<ControlRow> All { get; } =
    [
        new(Tap, ControlKind.Trigger, "Tap on the beat: two taps give the tempo, more make it surer; four seconds without one begin anew."),
        new(Resync, ControlKind.Trigger, "The first beat of a bar is now."),
        new(Half, ControlKind.Trigger, "Half the tempo."),
        new(Double, ControlKind.Trigger, "Twice the tempo."),
        new(Earlier, ControlKind.Trigger, "All beats a fiftieth of a beat earlier."),
        new(Later, ControlKind.Trigger, "All beats a fiftieth of a beat later."),
        new(Lock, ControlKind.Switch, "Hold the tempo of tempo/bpm, whatever is heard; taps change it."),
        new(Bpm, ControlKind.Value, "The tempo to hold.", new Parameter("tempo.bpm", "BPM", 50, 220, 120, "The tempo to hold.")),
        new(Clock, ControlKind.Switch, "Take the beats from the MIDI clock while one runs."),
        new(Forget, ControlKind.Trigger, "Forget taps, nudges and halves: listen anew."),
    ];
}
