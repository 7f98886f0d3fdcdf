namespace AInimEngine.Cli.Output;

/// <summary>Chooses the display that fits where the output goes.</summary>
public static class ProgressDisplay
{
    /// <summary>JSON when asked for; nothing when quiet; a bar on a terminal; plain lines in a log.</summary>
    public static IProgressDisplay Choose(JsonEvents? events, bool quiet)
    {
        if (events is not null)
            return new JsonProgress(events);
        if (quiet)
            return new QuietProgress();
        return Console.IsErrorRedirected || Console.IsOutputRedirected ? new PlainProgress() : new TerminalProgress();
    }
}
