namespace AInimEngine.Analysis.Midi;

/// <summary>A key signature holds from a tick on.</summary>
/// <param name="Tick">When.</param>
/// <param name="Sharps">Sharps, -7..7; negative: flats.</param>
/// <param name="IsMinor">Minor rather than major.</param>
public readonly record struct KeySignature(long Tick, int Sharps, bool IsMinor)
{
    /// <summary>Pitch class of the tonic, 0 = C to 11 = B.</summary>
    public int Tonic => ((Sharps * 7 + (IsMinor ? 9 : 0)) % 12 + 12) % 12;
}
