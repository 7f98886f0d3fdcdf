namespace AInimEngine.Media;

/// <summary>What a stream in a file carries.</summary>
public enum StreamKind
{
    /// <summary>Anything else: attachments, timecode.</summary>
    Other,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>A still picture that belongs to the file, like the cover in an MP3.</summary>
    Cover,

    /// <summary>Text over time.</summary>
    Subtitle,
}
