namespace AInimEngine.Core.Files;

/// <summary>Reads files that people write or pass by name: whole, bounded, and nothing but regular files.</summary>
public static class SmallFile
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="path">A local file.</param>
    /// <param name="mostBytes">More is refused before anything is read.</param>
    /// <exception cref="IOException">Missing, unreadable, a folder, empty, a pipe or a device, or too large; the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path, long mostBytes)
    {
        using FileStream file = Open(path);
        if (file.Length > mostBytes)
            throw new IOException($"the file has {file.Length} bytes; at most {mostBytes} are read");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Opens a file for reading. Never waits: a pipe without a writer is refused, also behind a link.</summary>
    /// <param name="path">A local file.</param>
    /// <exception cref="IOException">Missing, unreadable, a folder, empty, or a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new IOException("it is a folder, not a file");
        if (!File.Exists(path))
            throw new FileNotFoundException("there is no such file", path);
        // A link has the length of its target's path; what it leads to in the end is what would be opened.
        FileSystemInfo target = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        // Pipes and devices have length 0 as well, and opening a pipe would wait for ever.
        if (target is FileInfo { Exists: true, Length: 0 })
            throw Refused();
        FileStream file = File.OpenRead(path);
        // Terminals and pipes that are open already, as /dev/stdin, have no length to ask for.
        if (file.CanSeek && file.Length > 0)
            return file;
        file.Dispose();
        throw Refused();
    }

    private static IOException Refused() => new("the file is empty (or a pipe or device)");
}
