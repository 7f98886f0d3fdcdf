using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Processes;

/// <summary>
/// One running ffmpeg or ffprobe. Arguments go as a list, never through a shell; stderr is always drained; stdin and
/// stdout are the caller's (<see cref="CloseInput"/> and <see cref="DrainOutput"/> when they are not wanted). Killed on
/// <see cref="Dispose"/>, and by the system when we die.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private bool _inputClosed;
    private bool _disposed;

    private ChildProcess(Process process, string program)
    {
        _process = process;
        Program = Path.GetFileName(program);
    }

    /// <summary>"ffmpeg" or "ffprobe".</summary>
    public string Program { get; }

    /// <summary>The system's number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>What it said on stderr.</summary>
    public StandardErrorLog Errors { get; } = new();

    /// <summary>Where the child reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What the child writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts <paramref name="program"/>, a full path.</summary>
    /// <exception cref="AInimException">It cannot be run.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, string? workingFolder = null)
    {
        string[] words = [.. ChildLauncher.Prefix, program, .. arguments];
        var start = new ProcessStartInfo(words[0])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? string.Empty,
        };
        for (int i = 1; i < words.Length; i++)
            start.ArgumentList.Add(words[i]);
        start.Environment.Remove("FFREPORT"); // would write a log file wherever it says
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        start.Environment["SVT_LOG"] = "1"; // SVT-AV1 greets on stderr by itself; errors only

        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process, program);
        process.ErrorDataReceived += (_, e) => child.Errors.Add(e.Data);
        try
        {
            ChildLauncher.Start(process);
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new AInimException(ExitCode.Environment, $"cannot run '{program}': {exception.Message}", exception);
        }
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs to the end without input and returns all of stdout (at most a few megabytes) and the exit code.</summary>
    public static (int ExitCode, byte[] Output, StandardErrorLog Errors) Run(
        string program, IEnumerable<string> arguments, CancellationToken cancellation = default)
    {
        using ChildProcess child = Start(program, arguments);
        using CancellationTokenRegistration stop = cancellation.Register(child.Kill);
        child.CloseInput();
        using var output = new MemoryStream();
        child.Output.CopyTo(output);
        int exitCode = child.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return (exitCode, output.ToArray(), child.Errors);
    }

    /// <summary>Makes the pipe to the child as large as the system allows without privileges, so that fewer switches are needed.</summary>
    public void EnlargeInput() => PipeCapacity.Enlarge((Input as PipeStream)?.SafePipeHandle);

    /// <summary>Makes the pipe from the child as large as the system allows without privileges.</summary>
    public void EnlargeOutput() => PipeCapacity.Enlarge((Output as PipeStream)?.SafePipeHandle);

    /// <summary>Ends the child's input. Safe to call twice, and when the child is gone.</summary>
    public void CloseInput()
    {
        if (_inputClosed)
            return;
        _inputClosed = true;
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child is gone; its exit code says so.
        }
    }

    /// <summary>Reads and forgets what is left of stdout, so that the child can never block on it.</summary>
    public void DrainOutput() => Output.CopyTo(Stream.Null);

    /// <summary>Waits for the end, stderr included. 128 + n means killed by signal n.</summary>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Kills the child if it still runs. Any thread.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It had ended by itself, or is ending.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Kill();
        CloseInput();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>"ffmpeg was killed (signal 9)", or its own reason, or its exit code.</summary>
    public string Reason(int exitCode)
    {
        // ffmpeg turns SIGTERM and SIGINT into 255 after a clean stop; the shell convention covers the rest.
        if (exitCode > 128 && exitCode < 128 + 65)
            return $"{Program} was killed (signal {exitCode - 128})";
        return Errors.Reason ?? $"{Program} ended with code {exitCode}";
    }

    /// <summary>Killed from outside rather than ended with an error of its own.</summary>
    public static bool WasKilled(int exitCode) => exitCode > 128;
}
