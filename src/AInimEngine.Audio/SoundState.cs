namespace AInimEngine.Audio;

/// <summary>What a source of sound does.</summary>
public enum SoundState
{
    /// <summary>It is being opened.</summary>
    Opening,

    /// <summary>Sound comes.</summary>
    Listening,

    /// <summary>No device was found yet: silence comes, and it is tried again.</summary>
    Missing,

    /// <summary>The device is gone: silence comes, and it is tried again.</summary>
    Lost,

    /// <summary>A file is played and heard.</summary>
    Playing,

    /// <summary>A file is played, but no output device takes it.</summary>
    PlayingSilently,

    /// <summary>The file is over.</summary>
    Ended,
}
