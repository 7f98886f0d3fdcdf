using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>A band of the spectrum that a preset asks for: its level is the source "bands.{name}".</summary>
/// <param name="Name">Lower-case letters, digits, '-' and '_', beginning with a letter.</param>
/// <param name="From">Lower edge, Hz.</param>
/// <param name="To">Upper edge, Hz.</param>
/// <param name="At">Where it stands in the preset.</param>
public sealed record PresetBand(string Name, double From, double To, TextPosition At);
