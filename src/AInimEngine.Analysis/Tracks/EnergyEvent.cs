namespace AInimEngine.Analysis.Tracks;

/// <summary>Something that happens to the energy of the music.</summary>
/// <param name="Kind">What.</param>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds; a drop's is its start.</param>
/// <param name="Strength">0..1.</param>
public sealed record EnergyEvent(EnergyEventKind Kind, double Start, double End, double Strength);
