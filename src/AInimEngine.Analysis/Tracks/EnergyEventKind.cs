namespace AInimEngine.Analysis.Tracks;

/// <summary>What happens to the energy of the music.</summary>
public enum EnergyEventKind
{
    /// <summary>Energy and brightness rise over bars.</summary>
    BuildUp,

    /// <summary>The full sound, low end included, enters at once after a build-up or a break.</summary>
    Drop,

    /// <summary>Drums and bass are gone for a while.</summary>
    Break,
}
