using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AInimEngine.Engine.Live.Interop;

/// <summary>Asks another process to end, which .NET does not offer.</summary>
internal static partial class ProcessSignal
{
    private const int Term = 15;

    /// <summary>Asks a process that was started here to end by itself; kills it where there is no way to ask.</summary>
    internal static void Terminate(Process process)
    {
        try
        {
            // Until it is waited for, the id of a child is nobody else's.
            if (OperatingSystem.IsWindows() || Kill(process.Id, Term) != 0)
                process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
