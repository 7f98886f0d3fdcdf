namespace AInimEngine.Mapping.Presets;

/// <summary>Sources that exist only when something beside the track is given; schema and documentation tell of them.</summary>
/// <param name="Example">One of them.</param>
/// <param name="Pattern">Regular expression of all of them (ECMA 262).</param>
/// <param name="Range">Of the value, for people; presets get it as 0..1.</param>
/// <param name="Description">One or two sentences for people.</param>
public sealed record SourcePattern(string Example, string Pattern, string Range, string Description);
