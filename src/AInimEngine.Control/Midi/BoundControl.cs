namespace AInimEngine.Control.Midi;

/// <summary>A binding at work: its row's number, and what the control did last.</summary>
internal sealed class BoundControl(MidiBinding binding, int row)
{
    private bool _isDown;

    internal MidiBinding Binding { get; } = binding;

    internal int Row { get; } = row;

    /// <summary>The control has its row in hand (pick-up).</summary>
    internal bool Holds { get; set; }

    /// <summary>Position that the control stood for last; NaN before it moved.</summary>
    internal float LastPosition { get; set; } = float.NaN;

    /// <summary>Where the row stood at that time.</summary>
    internal float StoodAt { get; set; } = float.NaN;

    /// <summary>Last value that came from the control; -1 before.</summary>
    internal int LastIn { get; set; } = -1;

    /// <summary>Whether a movement is this control's.</summary>
    internal bool Hears(string device, in MidiMove move) =>
        move.Kind == Binding.Kind && move.Number == Binding.Number
        && (Binding.Channel == 0 || Binding.Channel == move.Channel)
        && (Binding.Device is null || Binding.Device == device);

    /// <summary>The row's position for a control's 0..1.</summary>
    internal float Map(float unit) => Binding.Min + (Binding.Invert ? 1 - unit : unit) * (Binding.Max - Binding.Min);

    /// <summary>The control's 0..1 for a row's position.</summary>
    internal float Unmap(float position)
    {
        float range = Binding.Max - Binding.Min, unit = range == 0 ? 0 : Math.Clamp((position - Binding.Min) / range, 0, 1);
        return Binding.Invert ? 1 - unit : unit;
    }

    /// <summary>A note that sounds, a controller in its upper half.</summary>
    internal static bool IsDown(in MidiMove move) => move.Kind == MidiKind.Note ? move.Value > 0 : 2 * move.Value > move.Most;

    /// <summary>Whether the control was pressed with this movement. A program has no release.</summary>
    internal bool Presses(in MidiMove move)
    {
        bool was = _isDown;
        _isDown = IsDown(move) && move.Kind != MidiKind.Program;
        return IsDown(move) && !was;
    }
}
