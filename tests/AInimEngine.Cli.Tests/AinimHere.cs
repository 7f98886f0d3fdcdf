using System.Runtime.CompilerServices;

namespace AInimEngine.Cli.Tests;

/// <summary>
/// Runs the command line inside this process: the same verbs, words and exit codes, without the three seconds that a
/// new process takes to load libtorch and to compile. For claims about what a run makes; what is claimed about
/// processes, signals, memory, standard streams and the environment goes through <see cref="Ainim"/>.
/// </summary>
internal static class AinimHere
{
    private static readonly RoutedWriter s_output = new(Console.Out), s_error = new(Console.Error);

    /// <summary>Before any code of the engine reads its environment, which it does once.</summary>
    [ModuleInitializer]
    internal static void Prepare()
    {
        foreach ((string key, string value) in Ainim.Environment)
            Environment.SetEnvironmentVariable(key, value);
        Console.SetOut(s_output);
        Console.SetError(s_error);
    }

    /// <summary>Runs to the end.</summary>
    internal static Ainim.Result Run(params string[] arguments)
    {
        StringWriter output = new(), error = new();

        // On another thread: the test's own context would wait for itself. What is routed ends with this flow.
        int code = Task.Run(() =>
        {
            s_output.RouteTo(output);
            s_error.RouteTo(error);
            return Program.Main(arguments);
        }).GetAwaiter().GetResult();
        return new Ainim.Result(code, output.ToString(), error.ToString(), PeakBytes: 0);
    }

    /// <summary>Runs to the end in a folder, for names that are relative to it.</summary>
    internal static Ainim.Result RunIn(string folder, params string[] arguments)
    {
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;
        try
        {
            return Run(arguments);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }
}
