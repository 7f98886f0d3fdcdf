using System.Runtime.InteropServices;

namespace AInimEngine.Engine.Live.Interop;

/// <summary>What .NET does not tell of a file: whether opening and reading its end means anything.</summary>
internal static partial class FileKind
{
    private const int ReadOnly = 0, NonBlocking = 0x800, SeekEnd = 2;

    /// <summary>True of ordinary files; false of FIFOs and devices, which cannot be searched. Linux.</summary>
    public static bool IsRegular(string path)
    {
        int file = Open(path, ReadOnly | NonBlocking);
        if (file < 0)
            return false;
        bool seeks = Seek(file, 0, SeekEnd) >= 0;
        _ = Close(file);
        return seeks;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial nint Seek(int file, nint offset, int whence);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
