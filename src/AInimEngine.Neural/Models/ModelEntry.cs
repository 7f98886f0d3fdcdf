namespace AInimEngine.Neural.Models;

/// <summary>A model that has a name.</summary>
/// <param name="Name">What to call it by.</param>
/// <param name="Path">Its file.</param>
/// <param name="IsUser">Whether it is the user's own.</param>
public sealed record ModelEntry(string Name, string Path, bool IsUser);
