using AInimEngine.Core.Errors;
using AInimEngine.Media.Muxing;

namespace AInimEngine.Engine.Hearing.Output;

/// <summary>Writes a file that appears only whole, and refuses to replace one without being told to.</summary>
public static class WholeFile
{
    /// <summary>Refuses an output that cannot be made, before any work goes into it.</summary>
    /// <param name="path">The file to be.</param>
    /// <param name="overwrite">It may replace one.</param>
    /// <param name="input">What it must never replace.</param>
    /// <exception cref="AInimException">Says why.</exception>
    public static void Check(string path, bool overwrite, string input)
    {
        string full = Path.GetFullPath(path);
        if (full == Path.GetFullPath(input) || full == Path.GetFullPath(input) + TrackCorrections.Suffix)
            throw new AInimException(ExitCode.Output, $"'{path}' would replace '{Path.GetFileName(full)}', which is read. Choose another name.");
        Finisher.CheckOutput(path, overwrite);
    }

    /// <summary>Writes a file beside its place and renames it when it is whole.</summary>
    /// <exception cref="AInimException">It cannot be written; nothing is left.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        string partial = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.partial");
        try
        {
            try
            {
                using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                    write(stream);
                File.Move(partial, path, overwrite);
            }
            finally
            {
                File.Delete(partial);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{path}': {error.Message}", error);
        }
    }
}
