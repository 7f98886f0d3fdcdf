namespace AInimEngine.Control.Midi;

/// <summary>A control on a device that moves a row. Immutable.</summary>
public sealed record MidiBinding
{
    /// <summary>Id of the row.</summary>
    public required string Row { get; init; }

    /// <summary>Name of the device, as <see cref="MidiPortName.Clean"/> gives it; null for any.</summary>
    public string? Device { get; init; }

    /// <summary>Channel, 1 to 16; 0 for any.</summary>
    public int Channel { get; init; }

    /// <summary>What is moved.</summary>
    public MidiKind Kind { get; init; } = MidiKind.Control;

    /// <summary>Its number: 0 to 127, to 31 of a pair, to 16383 of an NRPN; 0 of bend and pressure.</summary>
    public int Number { get; init; }

    /// <summary>Where the row is, 0..1, at the control's lower end.</summary>
    public float Min { get; init; }

    /// <summary>Where the row is, 0..1, at the control's upper end; below <see cref="Min"/> turns it round.</summary>
    public float Max { get; init; } = 1;

    /// <summary>The control works the other way round.</summary>
    public bool Invert { get; init; }

    /// <summary>What a movement means.</summary>
    public MidiMode Mode { get; init; } = MidiMode.Absolute;

    /// <summary>How steps are written, in <see cref="MidiMode.Relative"/>.</summary>
    public RelativeCoding Coding { get; init; }

    /// <summary>Part of the row's range that one step moves, above 0 to 1.</summary>
    public float Step { get; init; } = 1f / 128;

    /// <summary>Whether both mean the same control on the same device.</summary>
    public bool IsSameControl(MidiBinding other) =>
        Device == other.Device && Channel == other.Channel && Kind == other.Kind && Number == other.Number;

    /// <summary>"nanoKONTROL2 CC 7 ch 1", for people.</summary>
    public override string ToString()
    {
        string what = Kind switch
        {
            MidiKind.Note => $"note {Number}",
            MidiKind.Control => $"CC {Number}",
            MidiKind.Control14 => $"CC {Number}+{Number + 32}",
            MidiKind.Nrpn => $"NRPN {Number}",
            MidiKind.Program => $"program {Number}",
            MidiKind.Bend => "pitch wheel",
            _ => "pressure",
        };
        return $"{(Device is null ? "" : Device + " ")}{what}{(Channel > 0 ? $" ch {Channel}" : "")}";
    }
}
