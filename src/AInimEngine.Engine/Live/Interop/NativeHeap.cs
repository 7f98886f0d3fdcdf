using System.Runtime.InteropServices;

namespace AInimEngine.Engine.Live.Interop;

/// <summary>The C library's heap, for measurements: what it has freed goes back to the system, so that what stays is held by somebody.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives back what is free; does nothing where the C library is another one than glibc.</summary>
    internal static void Trim()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = TrimHeap(0);
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint keep);
}
