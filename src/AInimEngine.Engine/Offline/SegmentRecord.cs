namespace AInimEngine.Engine.Offline;

/// <summary>What is known of a whole segment.</summary>
/// <param name="FrameCount">Pictures in it.</param>
/// <param name="Bytes">Size of its file.</param>
/// <param name="Hashes">SHA-256 of each raw RGBA picture, lower-case hex, in order; empty when none were asked for.</param>
public sealed record SegmentRecord(long FrameCount, long Bytes, IReadOnlyList<string> Hashes);
