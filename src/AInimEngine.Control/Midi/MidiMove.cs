namespace AInimEngine.Control.Midi;

/// <summary>A control moved.</summary>
/// <param name="Kind">What.</param>
/// <param name="Channel">1 to 16.</param>
/// <param name="Number">Which.</param>
/// <param name="Value">Its position in whole numbers.</param>
/// <param name="Most">The largest position: 127 or 16383.</param>
internal readonly record struct MidiMove(MidiKind Kind, int Channel, int Number, int Value, int Most)
{
    /// <summary>Position, 0..1.</summary>
    internal float Unit => (float)Value / Most;
}
