namespace AInimEngine.Rendering.Transitions;

/// <summary>A file that says how one picture becomes another.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="Description">What it does, one sentence for people.</param>
/// <param name="Source">The whole text.</param>
public sealed record TransitionShader(string Name, string Path, string Description, string Source);
