namespace AInimEngine.Core.Files;

/// <summary>A file that is written under another name first and renamed once it is whole.</summary>
public static class PartialFile
{
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
