using AInimEngine.Media.Video;

namespace AInimEngine.Media.Muxing;

/// <summary>What becomes of finished segments. Immutable.</summary>
/// <param name="Output">Where the finished file lies.</param>
/// <param name="Format">Its container and codec: those of <see cref="OutputFormat.Resolve"/>.</param>
/// <param name="Encoder">What the segments were made with.</param>
/// <param name="Segments">Their files in order, all in one folder.</param>
/// <param name="FrameCount">Frames in all of them: checked in the finished file.</param>
public sealed record FinishSettings(
    string Output, OutputFormat Format, EncoderSettings Encoder, IReadOnlyList<string> Segments, long FrameCount)
{
    /// <summary>The sound, or null for none. Ignored for GIF.</summary>
    public SoundTrack? Sound { get; init; }

    /// <summary>Title tag.</summary>
    public string? Title { get; init; }

    /// <summary>Artist tag.</summary>
    public string? Artist { get; init; }

    /// <summary>Marks that players list, in order, the first at 0 s; each ends where the next starts. MP4, MOV and Matroska only; ignored elsewhere.</summary>
    public IReadOnlyList<Chapter> Chapters { get; init; } = [];

    /// <summary>A JPEG or PNG that players show for the file; MP4 and Matroska only.</summary>
    public string? Cover { get; init; }

    /// <summary>Replace the output when it exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// An existing folder for what exists only while the file is made, on the output's file system, so that the last rename
    /// stays atomic. Whoever kills the work finds the leftovers there. Null: hidden files beside output and segments.
    /// </summary>
    public string? WorkFolder { get; init; }
}
