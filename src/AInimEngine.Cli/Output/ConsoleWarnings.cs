using AInimEngine.Core.Errors;

namespace AInimEngine.Cli.Output;

/// <summary>Warnings to standard error, and as events when a program listens.</summary>
/// <param name="events">The --json writer, or null.</param>
public sealed class ConsoleWarnings(JsonEvents? events) : IWarningSink
{
    /// <inheritdoc/>
    public void Warn(string message)
    {
        events?.Write("warning", ("message", message));
        Console.Error.WriteLine($"warning: {message}");
    }
}
