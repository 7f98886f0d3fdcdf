using AInimEngine.Engine.Hearing;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>A sound file, and what the first pass heard in it.</summary>
internal sealed record Track(string Path, HeardTrack Heard);
