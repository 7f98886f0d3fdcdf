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
    // An encoder needs a few pictures to reorder as in the other segments; joined to them, a shorter one would be shown too early.
    private const int ShortestTail = 8;

    /// <summary>Number of segments: the last one may be shorter, or longer by what is too short for one.</summary>
    public int SegmentCount => SegmentFrames <= 0 ? 0
        : (int)Math.Max(FrameCount > 0 ? 1 : 0, FrameCount / SegmentFrames + (FrameCount % SegmentFrames >= ShortestTail ? 1 : 0));

    /// <summary>Pictures in segment <paramref name="index"/>.</summary>
    public long FramesOf(int index) => index == SegmentCount - 1 ? FrameCount - (long)index * SegmentFrames : SegmentFrames;
}
