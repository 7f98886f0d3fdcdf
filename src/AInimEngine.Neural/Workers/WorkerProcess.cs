using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Neural.Workers;

/// <summary>The process of a worker and the pipes to it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int SignalBase = 128; // how .NET says that a signal ended a process
    private readonly Process _process;
    private readonly TimeSpan _farewell;
    private readonly SafeHandle _requests, _answers;
    private volatile string? _lastLine;

    private WorkerProcess(Process process, TimeSpan farewell)
    {
        _process = process;
        _farewell = farewell;
        _requests = Pipe(process.StandardInput.BaseStream);
        _answers = Pipe(process.StandardOutput.BaseStream);
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data))
                _lastLine = line.Data.Trim();
        };
        process.BeginErrorReadLine();
        Id = process.Id;
    }

    /// <summary>Process id.</summary>
    public int Id { get; }

    /// <summary>Descriptor of the pipe for requests.</summary>
    public int Requests => (int)_requests.DangerousGetHandle();

    /// <summary>Descriptor of the pipe for answers.</summary>
    public int Answers => (int)_answers.DangerousGetHandle();

    /// <summary>Starts a program.</summary>
    /// <param name="command">Its path, then its arguments.</param>
    /// <param name="farewell">Longest time that it has to end by itself.</param>
    /// <exception cref="AInimException">It cannot be started.</exception>
    public static WorkerProcess Start(IReadOnlyList<string> command, TimeSpan farewell)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        for (int i = 1; i < command.Count; i++)
            start.ArgumentList.Add(command[i]);
        try
        {
            return new WorkerProcess(Process.Start(start)!, farewell);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new AInimException(ExitCode.Environment, $"cannot start the generator's process '{command[0]}': {SystemReason.Of(error)} Check the installation.", error);
        }
    }

    /// <summary>Ends it at once, if it has not ended. From any thread.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended.
        }
    }

    /// <summary>How it ended, in words; one that has closed its pipe and lives on is killed.</summary>
    public string DescribeEnd()
    {
        if (!_process.WaitForExit(_farewell))
        {
            Kill();
            return "it closed its pipe and was killed";
        }
        _process.WaitForExit(); // for the last of its standard error
        int code = _process.ExitCode;
        string end = code > SignalBase ? $"it was ended by {SignalName(code - SignalBase)}" : $"it ended with exit code {code}";
        return _lastLine is { } line ? $"{end} ('{line.TrimEnd('.')}')" : end;
    }

    /// <summary>Closes the pipes, on which it ends, or is ended.</summary>
    public void Dispose()
    {
        _process.StandardInput.Dispose();
        if (!_process.WaitForExit(_farewell))
            Kill();
        _process.StandardOutput.Dispose();
        _process.Dispose();
    }

    private static SafeHandle Pipe(Stream stream) => stream switch
    {
        PipeStream pipe => pipe.SafePipeHandle,
        FileStream file => file.SafeFileHandle,
        _ => throw new NotSupportedException($"a process's pipe is a {stream.GetType().Name}"),
    };

    private static string SignalName(int signal) => signal switch
    {
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        _ => $"signal {signal}",
    };
}
