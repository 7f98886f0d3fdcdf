namespace AInimEngine.DemoTrack.Output;

/// <summary>A part of the song in seconds.</summary>
public sealed record SectionTime(string Name, double Start, double End);
