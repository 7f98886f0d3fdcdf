using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural.Workers;

/// <summary>
/// The worker's side of a <see cref="WorkerGenerator"/>: makes the generator that the memory describes, then a picture for
/// every byte on standard input, until that is closed.
/// </summary>
public static class GeneratorWorker
{
    private const int StandardInput = 0, StandardOutput = 1, StandardError = 2;

    /// <summary>Serves until the process that started this one closes the pipe or ends.</summary>
    /// <param name="memoryPath">Path of the shared memory.</param>
    /// <param name="create">Makes a generator from its description.</param>
    /// <exception cref="AInimException">There is no such memory, or it is of another version.</exception>
    public static void Run(string memoryPath, Func<string, IGenerator> create)
    {
        using SharedRegion region = SharedRegion.Open(memoryPath);
        // What libraries print goes to standard error, away from the answers.
        int answers = Posix.Duplicate(StandardOutput);
        Posix.DuplicateTo(StandardError, StandardOutput);
        // Ctrl-C reaches every process of the terminal; this one ends when the engine has finished with it.
        using PosixSignalRegistration interrupt = Ignore(PosixSignal.SIGINT), terminate = Ignore(PosixSignal.SIGTERM),
            hangUp = Ignore(PosixSignal.SIGHUP), quit = Ignore(PosixSignal.SIGQUIT);
        GoFirstWhenMemoryEnds();
        // The end of the engine ends this process in the middle of a picture too, and of one that never ends.
        // (PR_SET_PDEATHSIG would be shorter, but fires when the thread that started the process ends.)
        var watch = new Thread(static () =>
        {
            Posix.WaitClosed(StandardInput);
            Posix.ExitNow((int)ExitCode.Success);
        })
        { IsBackground = true, Name = "end of the engine" };
        watch.Start();
        using var server = new WorkerServer(region, create);
        server.Serve(StandardInput, answers);
    }

    private static PosixSignalRegistration Ignore(PosixSignal signal) => PosixSignalRegistration.Create(signal, static context => context.Cancel = true);

    // Where memory ends, the system ends the process that it thinks best: better this one than the show.
    private static void GoFirstWhenMemoryEnds()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "500");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The system's own choice stays.
        }
    }
}
