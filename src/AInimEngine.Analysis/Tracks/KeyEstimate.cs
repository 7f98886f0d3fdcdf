namespace AInimEngine.Analysis.Tracks;

/// <summary>A key.</summary>
/// <param name="Tonic">Pitch class, 0 = C to 11 = B; -1 where nothing tonal is heard.</param>
/// <param name="IsMinor">Minor rather than major.</param>
/// <param name="Confidence">0..1.</param>
public sealed record KeyEstimate(int Tonic, bool IsMinor, double Confidence)
{
    private static readonly string[] s_names = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    /// <summary>"A minor", or "none".</summary>
    public string Name => Tonic < 0 ? "none" : $"{s_names[Tonic]} {(IsMinor ? "minor" : "major")}";
}
