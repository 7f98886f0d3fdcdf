using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Muxing;

/// <summary>
/// The files that exist only while a video is finished: the list of segments beside them, and the result beside its final
/// place, so that the last rename is atomic. The names follow from the output, so that what a kill left behind is
/// replaced next time.
/// </summary>
internal sealed class FinishWorkspace : IDisposable
{
    private readonly string _output;

    public FinishWorkspace(FinishSettings settings)
    {
        _output = Path.GetFullPath(settings.Output);
        Target = TemporaryName(_output, "part");
        Palette = TemporaryName(_output, "palette");
        List = WriteList(settings.Segments);
        Delete(Target);
    }

    /// <summary>Where the result grows.</summary>
    public string Target { get; }

    /// <summary>The colours of a GIF.</summary>
    public string Palette { get; }

    /// <summary>The segments' names for ffmpeg.</summary>
    public string List { get; }

    /// <summary>A short hidden name in the same folder that belongs to <paramref name="output"/> alone, however long that is.</summary>
    public static string TemporaryName(string output, string ending)
    {
        ulong hash = 14695981039346656037; // FNV-1a
        foreach (byte b in Encoding.UTF8.GetBytes(output))
            hash = (hash ^ b) * 1099511628211;
        return Path.Combine(Path.GetDirectoryName(output) ?? "/", $".ainim-{hash:x16}.{ending}");
    }

    /// <summary>Puts the result in its place, flushed to the disk first.</summary>
    public void Publish(bool overwrite)
    {
        try
        {
            using (FileStream file = new(Target, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(Target, _output, overwrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{LocalInput.Show(_output)}': {LocalInput.Show(exception.Message)}", exception);
        }
    }

    public void Dispose()
    {
        Delete(Target);
        Delete(Palette);
        Delete(List);
    }

    private static string WriteList(IReadOnlyList<string> segments)
    {
        if (segments.Count == 0)
            throw new ArgumentException("there are no segments", nameof(segments));
        string folder = Path.GetDirectoryName(Path.GetFullPath(segments[0]))!;
        var text = new StringBuilder("ffconcat version 1.0\n");
        foreach (string segment in segments)
        {
            string full = Path.GetFullPath(segment);
            string name = Path.GetFileName(full);
            if (Path.GetDirectoryName(full) != folder || name.Any(char.IsControl))
                throw new ArgumentException($"segments lie in one folder under names of one line: '{LocalInput.Show(segment)}'", nameof(segments));
            if (!File.Exists(full))
                throw new AInimException(ExitCode.Output, $"the segment '{LocalInput.Show(segment)}' is gone. Run again to make it anew.");

            // ffmpeg runs in that folder, so that only our own file names have to be quoted, never the user's folders.
            text.Append("file 'file:").Append(name.Replace("'", "'\\''", StringComparison.Ordinal)).Append("'\n");
        }
        string list = Path.Combine(folder, ".ainim-segments.txt");
        try
        {
            File.WriteAllText(list, text.ToString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write in '{LocalInput.Show(folder)}': {LocalInput.Show(exception.Message)}", exception);
        }
        return list;
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whatever keeps it there is told by what fails next.
        }
    }
}
