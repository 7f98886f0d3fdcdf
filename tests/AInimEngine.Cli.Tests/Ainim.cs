using System.Diagnostics;
using System.Text;

namespace AInimEngine.Cli.Tests;

/// <summary>Runs the built command line as a person would, in a process of its own.</summary>
internal static class Ainim
{
    /// <summary>What a run left behind.</summary>
    internal sealed record Result(int ExitCode, string Output, string Error, long PeakBytes);

    /// <summary>What every run is told: nothing that lies on this machine matters, and nothing of the user's is touched.</summary>
    internal static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["OMP_WAIT_POLICY"] = "PASSIVE",
        ["AINIM_HOME"] = Repository.Root,
        ["XDG_CACHE_HOME"] = Path.Combine(AppContext.BaseDirectory, "cache"),
        ["XDG_CONFIG_HOME"] = Path.Combine(AppContext.BaseDirectory, "no-config"),
    };

    /// <summary>Starts a run and returns its process; standard output and error are redirected.</summary>
    internal static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingFolder = null)
    {
        var start = new ProcessStartInfo(System.Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = workingFolder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ainim.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string key, string value) in Environment.Concat(environment ?? new Dictionary<string, string>()))
            start.Environment[key] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs to the end.</summary>
    internal static Result Run(params string[] arguments) => Run(arguments, null, null);

    /// <summary>Runs to the end with more environment.</summary>
    internal static Result Run(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string? workingFolder)
    {
        using Process process = Start(arguments, environment, workingFolder);
        return Finish(process);
    }

    /// <summary>Waits for a started run.</summary>
    internal static Result Finish(Process process)
    {
        process.StandardInput.Close();
        var output = new StringBuilder();
        var error = new StringBuilder();
        var outputReader = new Thread(() => output.Append(process.StandardOutput.ReadToEnd()));
        var errorReader = new Thread(() => error.Append(process.StandardError.ReadToEnd()));
        outputReader.Start();
        errorReader.Start();
        long peak = 0;
        var patience = Stopwatch.StartNew();
        while (!process.WaitForExit(50))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            if (patience.Elapsed > TimeSpan.FromMinutes(8))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException("the run hung and was killed");
            }
        }
        outputReader.Join();
        errorReader.Join();
        return new Result(process.ExitCode, output.ToString(), error.ToString(), peak);
    }

    private static long PeakOf(int id)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{id}/status"))
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return long.Parse(line["VmHWM:".Length..^2].Trim()) * 1024;
        }
        catch (IOException)
        {
            // The process ended between two looks.
        }
        return 0;
    }
}
