namespace AInimEngine.Cli.Output;

/// <summary>Chooses the display of a training that fits where the output goes.</summary>
public static class TrainDisplay
{
    /// <summary>JSON when asked for; nothing when quiet; a live view on a terminal; plain lines in a log.</summary>
    public static ITrainDisplay Choose(JsonEvents? events, bool quiet)
    {
        if (events is not null)
            return new TrainJson(events);
        if (quiet)
            return new TrainQuiet();
        return Console.IsErrorRedirected || Console.IsOutputRedirected ? new TrainPlain() : new TrainTerminal();
    }
}
