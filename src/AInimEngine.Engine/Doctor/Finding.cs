namespace AInimEngine.Engine.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">"libtorch", "OpenGL", "encoder av1"...</param>
/// <param name="Health">How it is.</param>
/// <param name="Text">Version, path, figures.</param>
/// <param name="Remedy">What to do; null when nothing is.</param>
public sealed record Finding(string Subject, Health Health, string Text, string? Remedy = null);
