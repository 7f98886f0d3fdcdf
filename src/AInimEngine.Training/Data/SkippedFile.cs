namespace AInimEngine.Training.Data;

/// <summary>A file that is not in the set.</summary>
/// <param name="Name">Path below the folder.</param>
/// <param name="Reason">Why, in a few words: "the file is cut off".</param>
public sealed record SkippedFile(string Name, string Reason);
