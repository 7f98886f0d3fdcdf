using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace AInimEngine.Media.Processes;

/// <summary>
/// The one thread that starts every child. A parent-death signal (prctl PR_SET_PDEATHSIG, set by setpriv) fires when the
/// *thread* that forked ends, so the thread must live as long as the process: pool threads and callers' threads may not.
/// </summary>
internal static class ChildLauncher
{
    private static readonly string? SetSid = OnPath("setsid");
    private static readonly string? SetPriv = OperatingSystem.IsLinux() ? OnPath("setpriv") : null;
    private static readonly BlockingCollection<Request> Requests = StartThread();

    /// <summary>
    /// The words to put before a program: its own session, so that the terminal's Ctrl-C reaches us alone, and death with
    /// its parent, so that none lingers. Both come with util-linux, which Debian always has; without them only that is lost.
    /// </summary>
    public static IEnumerable<string> Prefix
    {
        get
        {
            if (SetSid is not null)
                yield return SetSid;
            if (SetPriv is null)
                yield break;
            yield return SetPriv;
            yield return "--pdeathsig";
            yield return "KILL";
        }
    }

    /// <summary>Starts <paramref name="process"/> on the launcher thread and returns when it runs or could not be started.</summary>
    public static void Start(Process process)
    {
        using var request = new Request(process);
        Requests.Add(request);
        request.Done.Wait();
        request.Error?.Throw();
    }

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? OnPath(string program)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
        foreach (string folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string candidate = Path.GetFullPath(Path.Combine(folder, program));
            if (File.Exists(candidate))
                return candidate;
        }
        return null;
    }

    private static BlockingCollection<Request> StartThread()
    {
        var requests = new BlockingCollection<Request>();
        var thread = new Thread(() => Serve(requests)) { IsBackground = true, Name = "child launcher" };
        thread.Start();
        return requests;
    }

    private static void Serve(BlockingCollection<Request> requests)
    {
        foreach (Request request in requests.GetConsumingEnumerable())
        {
            try
            {
                request.Process.Start();
            }
#pragma warning disable CA1031 // Whatever it is belongs to the thread that asked.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                request.Error = ExceptionDispatchInfo.Capture(exception);
            }
            request.Done.Set();
        }
    }

    private sealed class Request(Process process) : IDisposable
    {
        public Process Process { get; } = process;

        public ManualResetEventSlim Done { get; } = new();

        public ExceptionDispatchInfo? Error { get; set; }

        public void Dispose() => Done.Dispose();
    }
}
