using System.Diagnostics;
using AInimEngine.Core.Control;

namespace AInimEngine.Control.Midi;

/// <summary>
/// Finds out which control a hand moves, and of what kind it is: pairs of controllers by their second half, endless
/// encoders because they repeat themselves, which no fader does. One thread at a time.
/// </summary>
/// <param name="row">The row that waits for it.</param>
internal sealed class MidiLearner(ControlRow row)
{
    /// <summary>Messages that tell enough of a control.</summary>
    private const int Enough = 6;

    /// <summary>Time after the first message in which more are waited for, in seconds.</summary>
    private const double Patience = 0.4;

    private readonly List<int> _values = [];
    private MidiBinding? _found;
    private long _since;
    private bool _isSure;

    /// <summary>A control moved.</summary>
    internal void Offer(string device, in MidiMove first, in MidiMove second, long now)
    {
        if (_found is null)
        {
            // Letting go of what was pressed before, and the head of an NRPN, are no choice.
            if ((first.Kind == MidiKind.Note && first.Value == 0) || (first.Kind == MidiKind.Control && first.Number is >= 96 and <= 101))
                return;
            MidiMove move = second.Most > 0 && second.Kind == MidiKind.Nrpn ? second : first;
            _found = new MidiBinding { Row = row.Id, Device = device, Channel = move.Channel, Kind = move.Kind, Number = move.Number };
            _since = now;
            _isSure = move.Kind != MidiKind.Control;
        }
        else if (second.Most > 0 && second.Kind == MidiKind.Control14 && first.Number == second.Number + 32 && _found.Kind == MidiKind.Control
            && (_found.Number, _found.Channel, _found.Device) == (second.Number, second.Channel, device))
        {
            _found = _found with { Kind = MidiKind.Control14 };
            _isSure = true;
        }
        if (_found.Kind == MidiKind.Control && (first.Kind, first.Number, first.Channel) == (MidiKind.Control, _found.Number, _found.Channel) && _found.Device == device)
        {
            _values.Add(first.Value);
            _isSure |= _values.Count >= Enough;
        }
    }

    /// <summary>The binding, once it is sure or time is up.</summary>
    internal bool TryConclude(long now, out MidiBinding binding)
    {
        binding = _found!;
        if (_found is null || (!_isSure && now - _since < Patience * Stopwatch.Frequency))
            return false;
        bool isButton = _found.Kind is MidiKind.Note or MidiKind.Program || (_found.Kind == MidiKind.Control && _values.All(value => value is 0 or 127));
        if (row.Kind != ControlKind.Value)
            binding = _found with { Mode = row.Kind == ControlKind.Switch && isButton ? MidiMode.Toggle : MidiMode.Momentary };
        else if (CodingOf(_values) is { } coding)
            binding = _found with { Mode = MidiMode.Relative, Coding = coding };
        else
            binding = _found with { Mode = isButton ? MidiMode.Toggle : MidiMode.PickUp };
        return true;
    }

    /// <summary>How an encoder writes its steps; null of what is none.</summary>
    private static RelativeCoding? CodingOf(List<int> values)
    {
        bool repeats = false;
        for (int i = 1; i < values.Count; i++)
            repeats |= values[i] == values[i - 1];
        if (!repeats)
            return null;
        if (values.All(value => value is >= 1 and <= 8 or >= 120 and <= 127))
            return RelativeCoding.TwosComplement;
        if (values.All(value => value is >= 56 and <= 72))
            return RelativeCoding.BinOffset;
        return values.All(value => value is >= 1 and <= 8 or >= 65 and <= 72) ? RelativeCoding.SignedBit : null;
    }
}
