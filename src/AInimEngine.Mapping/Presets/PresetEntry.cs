namespace AInimEngine.Mapping.Presets;

/// <summary>A preset file that can be asked for by name.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Path">The file.</param>
/// <param name="IsUser">Whether it lies in the user's folder.</param>
public sealed record PresetEntry(string Name, string Path, bool IsUser);
