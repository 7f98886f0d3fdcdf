using System.ComponentModel;
using System.Diagnostics;

namespace AInimEngine.Analysis.Evaluation;

/// <summary>A program of the machine that a comparison or a corpus needs.</summary>
internal static class Tool
{
    /// <summary>Whether the program is on the path.</summary>
    internal static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs it to its end and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or ended with an error.</exception>
    internal static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
            // Both pipes are emptied at once, or a chatty program would wait for ever.
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{program} ended with code {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()}");
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"cannot run {program}: {error.Message}", error);
        }
    }
}
