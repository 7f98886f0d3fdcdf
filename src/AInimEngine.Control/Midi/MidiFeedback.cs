using AInimEngine.Core.Control;

namespace AInimEngine.Control.Midi;

/// <summary>
/// Lets lights and motors of devices follow the rows that their controls move: note or controller messages of the bound
/// number, when the value to be shown is another one. One thread; allocates nothing once the bindings are known.
/// </summary>
internal sealed class MidiFeedback(ControlSurface surface)
{
    private readonly Dictionary<(MidiDevice, BoundControl), int> _shown = [];

    /// <summary>Sends what changed.</summary>
    internal void Update(ReadOnlySpan<MidiDevice> devices, ReadOnlySpan<BoundControl> bound)
    {
        Span<byte> message = stackalloc byte[3];
        foreach (MidiDevice device in devices)
        {
            if (!device.HasOutput)
                continue;
            foreach (BoundControl control in bound)
            {
                MidiBinding binding = control.Binding;
                if ((binding.Device is not null && binding.Device != device.Name) || surface.Rows[control.Row].Kind is ControlKind.Trigger or ControlKind.Text)
                    continue;
                int most = binding.Kind == MidiKind.Control14 ? 16383 : 127;
                float unit = binding.Mode == MidiMode.Relative ? surface.Position(control.Row) : control.Unmap(surface.Position(control.Row));
                int value = (int)MathF.Round(unit * most);
                if (_shown.TryGetValue((device, control), out int shown) && shown == value)
                    continue;
                _shown[(device, control)] = value;
                // Where a hand has just put it, it need not be told.
                if (binding.Mode is MidiMode.Absolute or MidiMode.PickUp && control.LastIn == value)
                    continue;
                int channel = Math.Max(0, binding.Channel - 1);
                if (binding.Kind == MidiKind.Note)
                    Send(device, message, 0x90 | channel, binding.Number, value);
                else if (binding.Kind == MidiKind.Control)
                    Send(device, message, 0xB0 | channel, binding.Number, value);
                else if (binding.Kind == MidiKind.Control14)
                {
                    Send(device, message, 0xB0 | channel, binding.Number, value >> 7);
                    Send(device, message, 0xB0 | channel, binding.Number + 32, value & 127);
                }
            }
        }
    }

    /// <summary>Bindings or devices are others: everything is shown again.</summary>
    internal void Forget() => _shown.Clear();

    private static void Send(MidiDevice device, Span<byte> message, int status, int number, int value)
    {
        (message[0], message[1], message[2]) = ((byte)status, (byte)number, (byte)value);
        device.Send(message);
    }
}
