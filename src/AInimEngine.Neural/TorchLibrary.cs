using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>Finds and loads libtorch, through our shim, once per process.</summary>
public static partial class TorchLibrary
{
    private const string FileName = "libainim_torch.so";

    private const string Remedy =
        "Install it (apt-get install libtorch-dev libopenblas0-pthread cmake g++) or set AINIM_LIBTORCH to an unpacked libtorch, and build again.";

    // With one thread libtorch 1.13 takes small convolutions down a path thirty times slower, and one thread is its own
    // choice on a machine with a single physical core.
    private const int FewestThreads = 2;

    // PublicationOnly: a failure is tried again at the next call, not remembered.
    private static readonly Lazy<nint> Loaded = new(LoadDefault, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Loads the library now, so that what is missing is said before work begins.</summary>
    /// <exception cref="AInimException">It is missing or of another build; says what to install.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    /// <summary>Whether the library loads.</summary>
    /// <param name="reason">Why not, for people; null when it does.</param>
    public static bool IsAvailable(out string? reason)
    {
        try
        {
            EnsureLoaded();
            reason = null;
            return true;
        }
        catch (AInimException error)
        {
            reason = error.Message;
            return false;
        }
    }

    internal static nint Load() => Loaded.Value;

    private static unsafe nint LoadDefault()
    {
        // Threads of OpenMP that spin while they wait take the cores from everything else that makes a frame. libgomp reads
        // this once, when it is loaded, from the native environment, which .NET's own setter does not reach.
        _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        nint library = LoadFrom(Path.Combine(AppContext.BaseDirectory, FileName));
        // Through the exports: the resolver that the usual way goes through is what called here.
        var threads = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "ainim_threads");
        var setThreads = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "ainim_set_threads");
        if (threads() < FewestThreads)
            setThreads(FewestThreads);
        return library;
    }

    internal static unsafe nint LoadFrom(string path)
    {
        if (!File.Exists(path))
            throw new AInimException(ExitCode.Environment, $"libtorch: '{path}' is missing: it was not built. {Remedy}");
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new AInimException(ExitCode.Environment, $"libtorch: cannot load '{path}': {Cause(error.Message)}. {Remedy}", error);
        }
        int abi = NativeLibrary.TryGetExport(library, "ainim_abi", out nint function)
            ? ((delegate* unmanaged<int>)function)()
            : 0;
        if (abi != NativeMethods.Abi)
        {
            NativeLibrary.Free(library);
            throw new AInimException(ExitCode.Environment,
                $"libtorch: '{path}' has interface {abi}, expected {NativeMethods.Abi}: it is of another build. Build again.");
        }
        return library;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    // .NET lists every attempt, and a line of advice; the loader's own line, "libtorch_cpu.so.1.13: cannot open ...", is
    // the one that tells.
    private static string Cause(string message)
    {
        foreach (string line in message.Split('\n'))
            if (line.Contains(": cannot open") || line.Contains("undefined symbol") || line.Contains("not found") || line.Contains("invalid ELF"))
                return line.Trim().TrimEnd('.');
        return message.Split('\n')[0].TrimEnd('.');
    }
}
