namespace AInimEngine.Analysis.Midi;

/// <summary>A tempo holds from a tick on.</summary>
/// <param name="Tick">From when.</param>
/// <param name="Seconds">The same instant in seconds.</param>
/// <param name="SecondsPerTick">Above 0.</param>
public readonly record struct TempoChange(long Tick, double Seconds, double SecondsPerTick);
