namespace AInimEngine.Training.Data.Sources;

/// <summary>A file that may be a picture.</summary>
/// <param name="Name">Path below the folder, with slashes.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Label">Its class, or -1.</param>
internal sealed record SourceFile(string Name, string Path, int Label);
