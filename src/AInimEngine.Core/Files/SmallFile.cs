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
        if (Directory.Exists(path))
            throw new IOException("it is a folder, not a file");
        // Pipes and devices have length 0 as well, and opening a pipe would wait for ever.
        if (new FileInfo(path) is { Exists: true, Length: 0 })
            throw new IOException("the file is empty (or a pipe or device)");
        using FileStream file = File.OpenRead(path);
        if (file.Length > mostBytes)
            throw new IOException($"the file has {file.Length} bytes; at most {mostBytes} are read");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
