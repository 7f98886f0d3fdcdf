namespace AInimEngine.Training.Data;

/// <summary>How many pictures a class has.</summary>
/// <param name="Name">A folder's, or "style 1".</param>
/// <param name="Pictures">How many.</param>
public sealed record ClassCount(string Name, int Pictures);
