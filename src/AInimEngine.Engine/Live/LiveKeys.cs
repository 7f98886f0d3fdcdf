using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Engine.Live.Hands;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Engine.Live;

/// <summary>What keys do: each is an event of the control table. Digits choose the presets 1 to 10.</summary>
internal sealed class LiveKeys
{
    private const float Step = 0.05f;

    private static readonly (Key Key, string Row, ControlMode Mode, float Value, string Label)[] s_keys =
    [
        (Key.Right, LiveRows.Next, ControlMode.Absolute, 1, "Right"),
        (Key.Left, LiveRows.Previous, ControlMode.Absolute, 1, "Left"),
        (Key.R, LiveRows.Any, ControlMode.Absolute, 1, "R"),
        (Key.S, LiveRows.Mark, ControlMode.Absolute, 1, "S"),
        (Key.A, LiveRows.AnyFavourite, ControlMode.Absolute, 1, "A"),
        (Key.B, LiveRows.Blackout, ControlMode.Toggle, 1, "B"),
        (Key.F, LiveRows.Freeze, ControlMode.Toggle, 1, "F"),
        (Key.Backspace, LiveRows.Panic, ControlMode.Absolute, 1, "Backspace"),
        (Key.Space, TempoRows.Tap, ControlMode.Absolute, 1, "Space"),
        (Key.Enter, TempoRows.Resync, ControlMode.Absolute, 1, "Enter"),
        (Key.LeftBracket, TempoRows.Half, ControlMode.Absolute, 1, "["),
        (Key.RightBracket, TempoRows.Double, ControlMode.Absolute, 1, "]"),
        (Key.Comma, TempoRows.Earlier, ControlMode.Absolute, 1, ","),
        (Key.Period, TempoRows.Later, ControlMode.Absolute, 1, "."),
        (Key.L, TempoRows.Lock, ControlMode.Toggle, 1, "L"),
        (Key.Up, LiveRows.Intensity, ControlMode.Relative, Step, "Up"),
        (Key.Down, LiveRows.Intensity, ControlMode.Relative, -Step, "Down"),
        (Key.PageUp, LiveRows.Speed, ControlMode.Relative, Step, "Page up"),
        (Key.PageDown, LiveRows.Speed, ControlMode.Relative, -Step, "Page down"),
        (Key.Home, LiveRows.Brightness, ControlMode.Relative, Step, "Home"),
        (Key.End, LiveRows.Brightness, ControlMode.Relative, -Step, "End"),
        (Key.Tab, LiveRows.Overlay, ControlMode.Toggle, 1, "Tab"),
        (Key.H, LiveRows.Help, ControlMode.Toggle, 1, "H"),
        (Key.F1, LiveRows.Help, ControlMode.Toggle, 1, "F1"),
        (Key.T, LiveRows.TestPattern, ControlMode.Toggle, 1, "T"),
        (Key.F9, LiveRows.Record, ControlMode.Toggle, 1, "F9"),
        (Key.M, MidiRows.Learn, ControlMode.Absolute, 1, "M"),
        (Key.F11, LiveRows.FullScreen, ControlMode.Absolute, 1, "F11"),
        (Key.Delete, LiveRows.Release, ControlMode.Absolute, 1, "Delete"),
    ];

    private readonly (Key Key, ControlEvent Event, bool Repeats)[] _events;
    private readonly int _number;

    internal LiveKeys(ControlSurface surface)
    {
        _events = [.. s_keys.Select(key => (key.Key, new ControlEvent(surface.IndexOf(key.Row), key.Value, key.Mode), key.Mode == ControlMode.Relative))];
        _number = surface.IndexOf(LiveRows.Number);
        Help = [.. s_keys.Where(key => key.Key != Key.F1 && (key.Value > 0 || key.Mode != ControlMode.Relative)).Select(key => (Name(key.Label, key.Row), LiveHelp.Of(surface.Rows[surface.IndexOf(key.Row)]))),
            ("1 to 0", "presets 1-10, Shift 11-20"), ("Escape twice", "ends the show")];
    }

    /// <summary>Lines of the help: key, what it does.</summary>
    internal IReadOnlyList<(string Key, string Does)> Help { get; }

    /// <summary>The keys of a row: "Up, Down"; null where there are none.</summary>
    internal static string? Of(string row)
    {
        string[] labels = [.. s_keys.Where(key => key.Row == row).Select(key => key.Label)];
        return labels.Length > 0 ? string.Join(", ", labels) : row == LiveRows.Number ? "1 to 0" : null;
    }

    /// <summary>The event of a key.</summary>
    /// <returns>False when the key does nothing, or repeats where only one press counts.</returns>
    internal bool TryRead(in WindowEvent key, out ControlEvent happened)
    {
        happened = default;
        if (key.Key is >= Key.Number0 and <= Key.Number9 && !key.Repeats)
        {
            int number = key.Key == Key.Number0 ? 10 : key.Key - Key.Number0;
            number += (key.Modifiers & KeyModifiers.Shift) != 0 ? 10 : 0;
            happened = new ControlEvent(_number, (number - 1f) / (LiveRows.MostPresets - 1));
            return true;
        }
        foreach ((Key known, ControlEvent does, bool repeats) in _events)
        {
            if (known != key.Key || (key.Repeats && !repeats))
                continue;
            happened = does;
            return true;
        }
        return false;
    }

    private static string Name(string label, string row) => row switch
    {
        LiveRows.Intensity => "Up, Down",
        LiveRows.Speed => "Page up, dn",
        LiveRows.Brightness => "Home, End",
        _ => label,
    };
}
