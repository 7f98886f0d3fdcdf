using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AInimEngine.Training.Benchmarks;

/// <summary>
/// The same networks and losses in PyTorch, in a process of their own that makes a round of steps when asked: what training
/// is measured against. One thread at a time.
/// </summary>
internal sealed class PlainTorch : IDisposable
{
    private readonly Process _process;

    private PlainTorch(Process process, string version)
    {
        _process = process;
        Version = version;
    }

    /// <summary>Version of PyTorch.</summary>
    public string Version { get; }

    /// <summary>Starts it; null where this Python does not run or has no torch.</summary>
    /// <param name="python">Name or path of Python.</param>
    /// <param name="script">tests/oracles/train_step.py.</param>
    /// <param name="settings">Sizes, batch and precision.</param>
    /// <param name="threads">How many.</param>
    public static PlainTorch? Start(string python, string script, TrainingSettings settings, int threads)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[script, "serve",
            "--size", Text(settings.Resolution), "--batch", Text(settings.Batch), "--width", Text(settings.Width),
            "--precision", settings.Bf16 ? "bf16" : "fp32", "--threads", Text(threads)])
            start.ArgumentList.Add(argument);
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
        if (process is null)
            return null;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (process.StandardOutput.ReadLine() is { } ready)
            return new PlainTorch(process, JsonDocument.Parse(ready).RootElement.GetProperty("torch").GetString() ?? "");
        process.Dispose();
        return null;
    }

    /// <summary>Seconds, and seconds of processors, that a round of steps took.</summary>
    /// <exception cref="InvalidOperationException">It ended.</exception>
    public (double Wall, double Processor) Round()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch's process ended");
        JsonElement times = JsonDocument.Parse(answer).RootElement;
        return (times.GetProperty("wall").GetDouble(), times.GetProperty("cpu").GetDouble());
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
