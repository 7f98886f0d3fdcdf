using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Processes;

/// <summary>Gives a file that ffmpeg has finished its final name.</summary>
internal static class LocalOutput
{
    /// <summary>Flushes <paramref name="part"/> to the disk, then renames it: after a power cut the name means the whole file or nothing.</summary>
    /// <exception cref="AInimException">The disk refuses (<see cref="ExitCode.Output"/>).</exception>
    public static void Publish(string part, string path, bool overwrite)
    {
        try
        {
            using (FileStream file = new(part, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(part, path, overwrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{LocalInput.Show(path)}': {LocalInput.Show(exception.Message)}", exception);
        }
    }
}
