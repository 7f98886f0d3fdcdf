namespace AInimEngine.Architecture.Tests.Launcher;

/// <summary>What a run of the launcher gave.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
}
