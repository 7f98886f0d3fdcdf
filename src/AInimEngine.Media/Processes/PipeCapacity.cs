using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AInimEngine.Media.Processes;

/// <summary>Enlarges pipes, which hold 64 KiB by default: a 720p frame of 1.4 MB then costs 22 switches between processes.</summary>
internal static partial class PipeCapacity
{
    private const int SetPipeSize = 1031; // F_SETPIPE_SZ

    /// <summary>Asks for 1 MiB, the most that Linux gives without privileges. Whether it was granted changes nothing but speed.</summary>
    public static void Enlarge(SafePipeHandle? pipe)
    {
        if (pipe is not null && OperatingSystem.IsLinux())
            _ = Control(pipe, SetPipeSize, 1 << 20);
    }

    [LibraryImport("libc.so.6", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafePipeHandle descriptor, int command, int argument);
}
