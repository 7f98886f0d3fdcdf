namespace AInimEngine.DemoTrack.Composition;

/// <summary>A drum hit on the grid.</summary>
/// <param name="Bar">From 0.</param>
/// <param name="Step">Sixteenth in the bar.</param>
/// <param name="Velocity">0..1.</param>
public readonly record struct Hit(int Bar, int Step, double Velocity)
{
    /// <summary>First sample.</summary>
    public int Start => Song.At(Bar, Step);
}
