namespace AInimEngine.Cli;

/// <summary>This very build, for processes that it starts.</summary>
internal static class ThisProgram
{
    /// <summary>Program and first arguments; a verb and its options follow.</summary>
    internal static IReadOnlyList<string> Command
    {
        get
        {
            string program = Environment.ProcessPath ?? "dotnet", library = Path.Combine(AppContext.BaseDirectory, "ainim.dll");
            return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, "exec", library] : [program];
        }
    }
}
