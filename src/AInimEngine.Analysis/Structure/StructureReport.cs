using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Structure;

/// <summary>How a track is built.</summary>
/// <param name="Sections">Contiguous, from 0 to the end.</param>
/// <param name="Confidence">Of the sections, 0..1; at most 0.25 where there is no pulse.</param>
/// <param name="Events">Build-ups, drops and breaks, in order of their start.</param>
/// <param name="Novelty">0..1.</param>
public sealed record StructureReport(
    IReadOnlyList<Section> Sections, double Confidence, IReadOnlyList<EnergyEvent> Events, Curve Novelty);
