namespace AInimEngine.DemoTrack.Mixing;

/// <summary>How loud an instrument is.</summary>
/// <param name="Name">Its name in the mix.</param>
/// <param name="Rms">Root mean square in each part of the song, full scale being 1.</param>
public sealed record StemLevel(string Name, double[] Rms);
