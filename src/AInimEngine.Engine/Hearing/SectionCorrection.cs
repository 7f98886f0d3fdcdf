using AInimEngine.Mapping.Json;

namespace AInimEngine.Engine.Hearing;

/// <summary>A section as the artist has it.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="Label">"intro", "A", "chorus", ...</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record SectionCorrection(double Start, string Label, TextPosition At);
