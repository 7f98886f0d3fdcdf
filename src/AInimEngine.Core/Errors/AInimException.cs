namespace AInimEngine.Core.Errors;

/// <summary>
/// An error for people: one line that says what is wrong, where, and what to do. Everything else that is thrown is a
/// fault of ours.
/// </summary>
public sealed class AInimException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="exitCode">What the process ends with.</param>
    /// <param name="message">"cannot decode 'x.mp3': no audio stream found (streams: video h264). Pass a file with audio."</param>
    /// <param name="inner">The cause, shown with --verbose.</param>
    public AInimException(ExitCode exitCode, string message, Exception? inner = null)
        : base(message, inner) => ExitCode = exitCode;

    /// <summary>What the process ends with.</summary>
    public ExitCode ExitCode { get; }
}
