namespace AInimEngine.DemoTrack.Composition;

/// <summary>A note on the grid.</summary>
/// <param name="Bar">From 0.</param>
/// <param name="Step">Sixteenth in the bar.</param>
/// <param name="Length">Sixteenths.</param>
/// <param name="Pitch">MIDI note.</param>
/// <param name="Velocity">0..1.</param>
public sealed record Note(int Bar, int Step, double Length, int Pitch, double Velocity = 1)
{
    /// <summary>First sample.</summary>
    public int Start => Song.At(Bar, Step);

    /// <summary>Length in samples.</summary>
    public int Samples => (int)Math.Round(Length * Song.StepLength);
}
