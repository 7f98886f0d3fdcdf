namespace AInimEngine.Engine.Offline;

/// <summary>What a render is, in enough detail to know whether an unfinished one is the same.</summary>
/// <param name="Fingerprint">SHA-256 over every input, setting and version that a picture depends on, lower-case hex.</param>
/// <param name="FrameCount">Pictures in the whole video.</param>
/// <param name="SegmentFrames">Pictures in every segment but the last.</param>
/// <param name="SegmentExtension">".mkv" or the like.</param>
/// <param name="Details">What went into the fingerprint, for people.</param>
public sealed record RenderManifest(
    string Fingerprint,
    long FrameCount,
    int SegmentFrames,
    string SegmentExtension,
    IReadOnlyDictionary<string, string> Details)
{
    /// <summary>Number of segments, the last one possibly shorter.</summary>
    public int SegmentCount => SegmentFrames > 0 ? (int)((FrameCount + SegmentFrames - 1) / SegmentFrames) : 0;

    /// <summary>Pictures in segment <paramref name="index"/>.</summary>
    public long FramesOf(int index) => Math.Min(SegmentFrames, FrameCount - (long)index * SegmentFrames);
}
