using System.CommandLine;

namespace AInimEngine.Cli.Verbs;

/// <summary>Options that several verbs share.</summary>
public static class CommonOptions
{
    /// <summary>--verbose: details and stack traces.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show details and stack traces.", Recursive = true };
}
