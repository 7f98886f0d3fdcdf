namespace AInimEngine.Engine.Offline;

/// <summary>One part of the music as a sound file of its own, in time with the track.</summary>
/// <param name="Name">How presets address it: "drums" for "stem.drums.rms".</param>
/// <param name="Path">The sound file.</param>
public sealed record StemFile(string Name, string Path);
