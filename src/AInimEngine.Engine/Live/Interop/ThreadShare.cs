using System.Runtime.InteropServices;

namespace AInimEngine.Engine.Live.Interop;

/// <summary>
/// How much of a busy processor a thread gets, which .NET's own priorities do not change on Linux: the kernel's nice value of the
/// calling thread. Threads that it starts, a driver's among them, begin with the same one. Harmless where it is refused: more
/// than 0 needs no right, less than 0 needs root or a limit of the kind "nice".
/// </summary>
internal static partial class ThreadShare
{
    /// <summary>Of the thread that paints, and of the driver's threads that it starts.</summary>
    internal const int Display = -10;

    /// <summary>As everything else on the machine.</summary>
    internal const int Usual = 0;

    /// <summary>Of a thread that makes pictures of the generator's.</summary>
    internal const int Generator = 4;

    /// <summary>Of a thread that makes the next preset ready.</summary>
    internal const int Loading = 10;

    // For Linux a thread is a process here, and 0 is the calling one.
    private const int PriorityOfProcess = 0, Calling = 0;

    /// <summary>Sets the calling thread's share.</summary>
    /// <param name="nice">-20 is most, 19 least.</param>
    /// <returns>Whether the system took it.</returns>
    internal static bool Set(int nice) => OperatingSystem.IsLinux() && SetPriority(PriorityOfProcess, Calling, nice) == 0;

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
