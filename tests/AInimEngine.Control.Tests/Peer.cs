using System.Diagnostics;

namespace AInimEngine.Control.Tests;

/// <summary>A program of somebody else at the other end of the wire. What it writes is kept; it ends with the test.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private Peer(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal string[] Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    internal bool HasEnded => _process.HasExited;

    internal static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    internal static Peer Start(string program, params string[] arguments) => Start(program, arguments, []);

    internal static Peer Start(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new Peer(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end.</summary>
    internal static async Task<int> Run(string program, params string[] arguments)
    {
        using Peer peer = Start(program, arguments);
        await peer._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return peer._process.ExitCode;
    }

    /// <summary>Types a line into it.</summary>
    internal void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
    }
}
