using AInimEngine.Core.Control;

namespace AInimEngine.Control.Midi;

/// <summary>Turns movements into events on a surface's rows, as a map has it. One thread at a time; allocates nothing but at <see cref="Bind"/>.</summary>
internal sealed class MidiRouter(ControlSurface surface, EventSlots slots)
{
    /// <summary>A control that is so near to its row has picked it up.</summary>
    private const float Near = 1.5f / 127;

    private BoundControl[] _bound = [];

    /// <summary>What is bound now, with what each control did last.</summary>
    internal ReadOnlySpan<BoundControl> Bound => _bound;

    /// <summary>Takes other bindings; those whose row the surface lacks are passed over.</summary>
    internal void Bind(IReadOnlyList<MidiBinding> bindings) =>
        _bound = [.. bindings.Where(binding => surface.IndexOf(binding.Row) >= 0).Select(binding => new BoundControl(binding, surface.IndexOf(binding.Row)))];

    /// <summary>A control of a device moved.</summary>
    /// <returns>Whether it is bound.</returns>
    internal bool Take(string device, in MidiMove move, long now)
    {
        bool any = false;
        foreach (BoundControl control in _bound)
        {
            if (!control.Hears(device, move))
                continue;
            any = true;
            control.LastIn = move.Value;
            switch (surface.Rows[control.Row].Kind)
            {
                case ControlKind.Value:
                    MoveValue(control, move, now);
                    break;
                case ControlKind.Switch:
                    MoveSwitch(control, move, now);
                    break;
                case ControlKind.Trigger when control.Presses(move):
                    slots.Write(new ControlEvent(control.Row, 1, Timestamp: now));
                    break;
                default:
                    break;
            }
        }
        return any;
    }

    private void MoveValue(BoundControl control, in MidiMove move, long now)
    {
        MidiBinding binding = control.Binding;
        switch (binding.Mode)
        {
            case MidiMode.Relative:
                int steps = RelativeSteps.Read(binding.Coding, move.Value);
                if (steps != 0)
                    slots.Write(new ControlEvent(control.Row, (binding.Invert ? -steps : steps) * binding.Step, ControlMode.Relative, Timestamp: now));
                return;
            case MidiMode.Toggle:
                if (!control.Presses(move))
                    return;
                float middle = (binding.Min + binding.Max) / 2, stands = surface.Position(control.Row);
                bool isUp = binding.Max >= binding.Min ? stands > middle : stands < middle;
                slots.Write(new ControlEvent(control.Row, isUp ? binding.Min : binding.Max, Timestamp: now));
                return;
            case MidiMode.Momentary:
                slots.Write(new ControlEvent(control.Row, BoundControl.IsDown(move) != binding.Invert ? binding.Max : binding.Min, Timestamp: now));
                return;
            default:
                float position = control.Map(move.Unit);
                if (binding.Mode == MidiMode.Absolute || PicksUp(control, position))
                    slots.Write(new ControlEvent(control.Row, position, Timestamp: now));
                return;
        }
    }

    /// <summary>Whether a control holds its row: it did and nobody else moved the row, or it came to it or went past it.</summary>
    private bool PicksUp(BoundControl control, float position)
    {
        float stands = surface.Position(control.Row), before = control.LastPosition;
        // What was sent a moment ago may not have been applied yet: then the row stands where it was when that was sent.
        bool holds = control.Holds && (Math.Abs(stands - before) <= Near || stands == control.StoodAt);
        bool passes = !float.IsNaN(before) && (before - stands) * (position - stands) <= 0;
        control.Holds = holds || passes || Math.Abs(position - stands) <= Near;
        (control.LastPosition, control.StoodAt) = (position, stands);
        return control.Holds;
    }

    private void MoveSwitch(BoundControl control, in MidiMove move, long now)
    {
        MidiBinding binding = control.Binding;
        if (binding.Mode == MidiMode.Relative)
        {
            int steps = RelativeSteps.Read(binding.Coding, move.Value);
            if (steps != 0)
                slots.Write(new ControlEvent(control.Row, steps > 0 != binding.Invert ? 1 : 0, Timestamp: now));
        }
        else if (binding.Mode == MidiMode.Toggle)
        {
            if (control.Presses(move))
                slots.Write(new ControlEvent(control.Row, 1, ControlMode.Toggle, Timestamp: now));
        }
        else
        {
            slots.Write(new ControlEvent(control.Row, BoundControl.IsDown(move) != binding.Invert ? 1 : 0, Timestamp: now));
        }
    }
}
