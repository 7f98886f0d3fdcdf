namespace AInimEngine.Training.Data;

/// <summary>Two pictures that are the same, or nearly.</summary>
/// <param name="Name">The later one.</param>
/// <param name="Like">The earlier one, which is in the set.</param>
public sealed record PicturePair(string Name, string Like);
