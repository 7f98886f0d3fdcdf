namespace AInimEngine.Analysis.Midi;

/// <summary>A time signature holds from a tick on.</summary>
/// <param name="Tick">The first tick of its first bar.</param>
/// <param name="Numerator">Notes in a bar, 1..255.</param>
/// <param name="Denominator">Which notes: 1, 2, 4, ... 128.</param>
public readonly record struct TimeSignature(long Tick, int Numerator, int Denominator)
{
    /// <summary>
    /// Quarter notes that a listener counts as one beat: in 6/8, 9/8, 12/8 and the like 1.5 (three eighths), else the
    /// denominator's note.
    /// </summary>
    public double QuartersPerBeat =>
        Denominator >= 8 && Numerator % 3 == 0 ? 12.0 / Denominator : 4.0 / Denominator;

    /// <summary>Quarter notes in a bar.</summary>
    public double QuartersPerBar => 4.0 * Numerator / Denominator;
}
