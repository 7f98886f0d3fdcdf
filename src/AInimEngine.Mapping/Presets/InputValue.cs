using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>A preset's value of one generator input.</summary>
/// <param name="Name">"field.zoom", or "field.tint[2]" in a field of several floats.</param>
/// <param name="Value">In the input's unit.</param>
/// <param name="At">Where the value stands in the preset.</param>
public sealed record InputValue(string Name, float Value, TextPosition At = default);
