using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Muxing;

/// <summary>
/// The files that exist only while a video is finished: in the work folder when there is one; otherwise the list lies beside
/// the segments, and the result beside its final place, so that the last rename is atomic. The names follow from the
/// output, so that what a kill left behind is replaced next time.
/// </summary>
internal sealed class FinishWorkspace : IDisposable
{
    private readonly string _output;

    public FinishWorkspace(FinishSettings settings)
    {
        _output = Path.GetFullPath(settings.Output);
        Target = TemporaryName(_output, "part", settings.WorkFolder);
        Palette = TemporaryName(_output, "palette", settings.WorkFolder);
        if (settings.Chapters.Count > 0 && settings.Format.Container is Video.Container.Mp4 or Video.Container.Mov or Video.Container.Matroska)
        {
            Chapters = TemporaryName(_output, "chapters", settings.WorkFolder);
            Write(Chapters, ChapterFile.Text(settings.Chapters, settings.FrameCount / settings.Encoder.Fps.Value));
        }
        string text = MakeList(settings.Segments, out string segmentFolder);
        SegmentFolder = segmentFolder;
        List = Path.Combine(settings.WorkFolder is { } folder ? Path.GetFullPath(folder) : segmentFolder, ".ainim-segments.txt");
        Write(List, text);
        Delete(Target);
    }

    /// <summary>Where the result grows.</summary>
    public string Target { get; }

    /// <summary>The colours of a GIF.</summary>
    public string Palette { get; }

    /// <summary>The chapters in ffmpeg's metadata format; null for none.</summary>
    public string? Chapters { get; }

    /// <summary>The segments' names for ffmpeg.</summary>
    public string List { get; }

    /// <summary>Where ffmpeg runs, since the list names the segments by their file names.</summary>
    public string SegmentFolder { get; }

    /// <summary>A short hidden name that belongs to <paramref name="output"/> alone, however long that is; in its folder when no other is given.</summary>
    public static string TemporaryName(string output, string ending, string? folder = null)
    {
        ulong hash = 14695981039346656037; // FNV-1a
        foreach (byte b in Encoding.UTF8.GetBytes(output))
            hash = (hash ^ b) * 1099511628211;
        folder = folder is null ? Path.GetDirectoryName(output) ?? "/" : Path.GetFullPath(folder);
        return Path.Combine(folder, $".ainim-{hash:x16}.{ending}");
    }

    /// <summary>Puts the result in its place, flushed to the disk first.</summary>
    public void Publish(bool overwrite) => LocalOutput.Publish(Target, _output, overwrite);

    public void Dispose()
    {
        Delete(Target);
        Delete(Palette);
        Delete(List);
        if (Chapters is not null)
            Delete(Chapters);
    }

    private static string MakeList(IReadOnlyList<string> segments, out string folder)
    {
        if (segments.Count == 0)
            throw new ArgumentException("there are no segments", nameof(segments));
        folder = Path.GetDirectoryName(Path.GetFullPath(segments[0]))!;
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
        return text.ToString();
    }

    private static void Write(string list, string text)
    {
        try
        {
            File.WriteAllText(list, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write in '{LocalInput.Show(Path.GetDirectoryName(list))}': {LocalInput.Show(exception.Message)}", exception);
        }
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
