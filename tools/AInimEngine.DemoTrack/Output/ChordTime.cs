namespace AInimEngine.DemoTrack.Output;

/// <summary>When a chord begins, in seconds.</summary>
public sealed record ChordTime(string Name, double Start);
