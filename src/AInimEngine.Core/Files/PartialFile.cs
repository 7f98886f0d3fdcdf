namespace AInimEngine.Core.Files;

/// <summary>A file that is written under another name first and renamed once it is whole.</summary>
public static class PartialFile
{
    /// <summary>Writes a file that appears whole or not at all; one that was there stays until then.</summary>
    /// <param name="path">Its name; what is unfinished lies beside it, under ".part".</param>
    /// <param name="write">Writes what is in it. Whatever it throws leaves the file as it was.</param>
    /// <param name="overwrite">Replaces one that is there.</param>
    /// <param name="isDurable">Waits for the disk, so that a power cut leaves the old file or the new one.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite = true, bool isDurable = true)
    {
        string partial = path + ".part";
        try
        {
            using (FileStream file = File.Create(partial))
            {
                write(file);
                file.Flush(flushToDisk: isDurable);
            }
            File.Move(partial, path, overwrite);
        }
        catch
        {
            Discard(partial);
            throw;
        }
    }

    /// <summary>Removes what was written so far. Never throws: the error that led here says more than another one could.</summary>
    public static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays, and is written over by the next try.
        }
    }
}
