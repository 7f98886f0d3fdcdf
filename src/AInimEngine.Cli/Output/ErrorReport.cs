using AInimEngine.Core.Errors;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Cli.Output;

/// <summary>Turns what was thrown into one line and an exit code.</summary>
public static class ErrorReport
{
    /// <summary>Writes "ainim render: what, where, what to do" to standard error; a stack trace only when verbose.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Write(string verb, Exception error, bool verbose, JsonEvents? json)
    {
        ExitCode code = error switch
        {
            AInimException known => known.ExitCode,
            OperationCanceledException => ExitCode.Interrupted,
            _ => ExitCode.Internal,
        };
        string message = error switch
        {
            AInimException or GeneratorLostException => error.Message,
            OperationCanceledException => "stopped. The same command continues where it can.",
            _ => $"a fault of AInimEngine's own: {error.GetType().Name}: {error.Message} Run again with --verbose and report it.",
        };
        message = message.ReplaceLineEndings(" ");
        json?.Write("error", ("message", message), ("exitCode", (int)code));
        Console.Error.WriteLine($"{verb}: {message}");
        if (verbose && code != ExitCode.Interrupted)
            Console.Error.WriteLine(error);
        return (int)code;
    }
}
