using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Interop;

/// <summary>The few calls of the C library that pipes between two processes need and that .NET has no form of without allocation.</summary>
internal static unsafe partial class Posix
{
    private const string Library = "libc.so.6";
    private const int Interrupted = 4; // EINTR
    private const short Readable = 1; // POLLIN

    /// <summary>Waits until there is something to read, or the other end is closed.</summary>
    /// <param name="descriptor">A pipe.</param>
    /// <param name="milliseconds">Longest wait; -1 for ever.</param>
    /// <returns>False after that time.</returns>
    internal static bool WaitReadable(int descriptor, int milliseconds) => Wait(descriptor, Readable, milliseconds);

    /// <summary>Waits until the other end is closed, whatever lies in the pipe.</summary>
    internal static void WaitClosed(int descriptor) => Wait(descriptor, 0, -1);

    /// <summary>Reads one byte.</summary>
    /// <returns>False when the other end is closed.</returns>
    internal static bool TryRead(int descriptor, out byte value)
    {
        byte read = 0;
        nint count;
        do
            count = Read(descriptor, &read, 1);
        while (count < 0 && Marshal.GetLastSystemError() == Interrupted);
        value = read;
        return count == 1;
    }

    /// <summary>Writes one byte.</summary>
    /// <returns>False when the other end is closed.</returns>
    internal static bool TryWrite(int descriptor, byte value)
    {
        nint count;
        do
            count = Write(descriptor, &value, 1);
        while (count < 0 && Marshal.GetLastSystemError() == Interrupted);
        return count == 1;
    }

    /// <summary>Another number for an open file.</summary>
    [LibraryImport(Library, EntryPoint = "dup")]
    internal static partial int Duplicate(int descriptor);

    /// <summary>Makes <paramref name="target"/> another number for an open file; what it was before is closed.</summary>
    [LibraryImport(Library, EntryPoint = "dup2")]
    internal static partial int DuplicateTo(int descriptor, int target);

    /// <summary>Ends the process at once, without anything that is done at exit.</summary>
    [LibraryImport(Library, EntryPoint = "_exit")]
    internal static partial void ExitNow(int status);

    private static bool Wait(int descriptor, short events, int milliseconds)
    {
        long deadline = Environment.TickCount64 + milliseconds;
        for (; ; )
        {
            PollRequest request = new() { Descriptor = descriptor, Events = events };
            int ready = Poll(&request, 1, milliseconds);
            if (ready >= 0 || Marshal.GetLastSystemError() != Interrupted)
                return ready != 0;
            if (milliseconds >= 0)
                milliseconds = (int)Math.Max(0, deadline - Environment.TickCount64);
        }
    }

    [LibraryImport(Library, EntryPoint = "poll")]
    private static partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "read")]
    private static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* buffer, nuint count);

    // struct pollfd
    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
