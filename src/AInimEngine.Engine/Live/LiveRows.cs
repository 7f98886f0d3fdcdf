using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Core.Parameters;
using AInimEngine.Engine.Live.Hands;

namespace AInimEngine.Engine.Live;

/// <summary>The table of everything that a performer can reach: the same rows for keys, OSC, MIDI, overlay and documentation.</summary>
public static class LiveRows
{
    internal const string Intensity = "master/intensity", Speed = "master/speed", Brightness = "master/brightness";
    internal const string Next = "preset/next", Previous = "preset/previous", Any = "preset/random", Name = "preset/name", Number = "preset/number";
    internal const string Cue = "preset/cue", Mark = "favourite/mark", AnyFavourite = "favourite/random";
    internal const string Blackout = "blackout", Freeze = "freeze", Panic = "panic", Overlay = "overlay", Help = "help", TestPattern = "testpattern";
    internal const string FullScreen = "fullscreen", Release = "param/release", Parameters = "param/", Record = "record";

    /// <summary>Presets that a number can choose.</summary>
    internal const int MostPresets = 128;

    private static readonly ControlRow[] s_fixed =
    [
        Value(Intensity, new Parameter("master.intensity", "", 0, 2, 1, "How strongly everything answers the sound; 1 is the preset's own.")),
        Value(Speed, new Parameter("master.speed", "", 0, 4, 1, "How fast everything travels; 1 is the preset's own.")),
        Value(Brightness, new Parameter("master.brightness", "", 0, 1, 1, "Brightness of the whole picture.")),
        new(Blackout, ControlKind.Switch, "Black, at once, for as long as it is on."),
        new(Freeze, ControlKind.Switch, "The generated picture stands still; shaders go on answering."),
        new(Panic, ControlKind.Trigger, "The first preset with its own values; masters, blackout, freeze, test pattern and tempo lock as at the start."),
        new(Next, ControlKind.Trigger, "The next preset of the list."),
        new(Previous, ControlKind.Trigger, "The preset before."),
        new(Any, ControlKind.Trigger, "Another preset by chance."),
        new(Name, ControlKind.Text, "The preset of this name."),
        Value(Number, new Parameter("preset.number", "", 1, MostPresets, 1, "The preset of this number in the list.", ParameterCurve.Integer)),
        new(Cue, ControlKind.Text, "The entry of the set list with this cue."),
        new(Mark, ControlKind.Trigger, "Marks the preset that plays as a favourite, or takes the mark away."),
        new(AnyFavourite, ControlKind.Trigger, "Another favourite by chance."),
        new(Overlay, ControlKind.Switch, "The performer's overlay: level, spectrum, beat, rates."),
        new(Help, ControlKind.Switch, "What the keys do."),
        new(TestPattern, ControlKind.Switch, "A test pattern, to set up screens with."),
        new(Record, ControlKind.Switch, "Records picture and sound; each time into another file."),
        new(FullScreen, ControlKind.Trigger, "Fills the screen, or leaves it."),
        new(Release, ControlKind.Trigger, "Lets go of every parameter: the preset's own values again."),
    ];

    /// <summary>Makes the table: what is always there, the tempo, and every parameter that presets and shaders offer.</summary>
    /// <param name="parameters">All parameters; those that cannot be held while a preset plays are left out.</param>
    public static ControlSurface Create(ParameterTable parameters) => new(
        [.. s_fixed, .. TempoRows.All, .. MidiRows.All, .. parameters.All.Where(IsHeld).Select(row => new ControlRow(Parameters + row.Id, ControlKind.Value, row.Description, row))]);

    /// <summary>The key that reaches a row, for the page about controls; null where none does.</summary>
    public static string? KeyOf(ControlRow row) => LiveKeys.Of(row.Id);

    /// <summary>Fixed for a show: what presets are read with, and how a modulation is shaped.</summary>
    private static bool IsHeld(Parameter row) =>
        !row.Id.StartsWith("modulation.", StringComparison.Ordinal) && !row.Id.StartsWith("generator.", StringComparison.Ordinal)
        && !row.Id.StartsWith("model.", StringComparison.Ordinal) && !row.Id.StartsWith("bend.", StringComparison.Ordinal)
        && !row.Id.StartsWith("latent.", StringComparison.Ordinal)
        && (!row.Id.StartsWith("motion.", StringComparison.Ordinal) || Mapping.Presets.MappingParameters.MotionTargets.Contains(row.Id));

    private static ControlRow Value(string id, Parameter parameter) => new(id, ControlKind.Value, parameter.Description, parameter);
}
