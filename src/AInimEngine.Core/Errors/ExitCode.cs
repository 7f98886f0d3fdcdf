namespace AInimEngine.Core.Errors;

/// <summary>Exit codes of the command line; documented in the README and stable.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Success = 0,

    /// <summary>A fault of ours.</summary>
    Internal = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>An input (sound, picture, weights) is missing or cannot be read.</summary>
    Input = 3,

    /// <summary>The output cannot be written, or the disk is full.</summary>
    Output = 4,

    /// <summary>A preset or a shader is wrong.</summary>
    Preset = 5,

    /// <summary>Something the machine should have is missing or broken: ffmpeg, EGL, libtorch.</summary>
    Environment = 6,

    /// <summary>A video was checked and flashes too often.</summary>
    Flashes = 7,

    /// <summary>Stopped by Ctrl-C or a termination signal; the same command continues.</summary>
    Interrupted = 130,
}
