namespace AInimEngine.Analysis.Evaluation;

/// <summary>Sound whose truth is known. The sound is made or read when asked for, so that a list of tracks is cheap.</summary>
/// <param name="Name">Unique in its family.</param>
/// <param name="Family">Tracks are averaged by it.</param>
/// <param name="Load">Makes or reads it.</param>
internal sealed record Track(string Name, string Family, Func<Heard> Load);
