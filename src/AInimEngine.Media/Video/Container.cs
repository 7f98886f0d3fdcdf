namespace AInimEngine.Media.Video;

/// <summary>The kind of the finished file.</summary>
public enum Container
{
    /// <summary>.mp4</summary>
    Mp4,

    /// <summary>.mov</summary>
    Mov,

    /// <summary>.mkv</summary>
    Matroska,

    /// <summary>.webm</summary>
    WebM,

    /// <summary>.gif</summary>
    Gif,
}
