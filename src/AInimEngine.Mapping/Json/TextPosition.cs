namespace AInimEngine.Mapping.Json;

/// <summary>A place in a text file, as editors count it.</summary>
/// <param name="Line">From 1; 0 when the value comes from no file.</param>
/// <param name="Column">From 1, in characters.</param>
public readonly record struct TextPosition(int Line, int Column);
