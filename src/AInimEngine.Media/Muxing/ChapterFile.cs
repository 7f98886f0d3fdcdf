using System.Globalization;
using System.Text;

namespace AInimEngine.Media.Muxing;

/// <summary>Chapters in ffmpeg's metadata format.</summary>
internal static class ChapterFile
{
    /// <summary>The text; milliseconds, so that it is the same whatever the frame rate.</summary>
    public static string Text(IReadOnlyList<Chapter> chapters, double seconds)
    {
        var text = new StringBuilder(";FFMETADATA1\n");
        for (int i = 0; i < chapters.Count; i++)
        {
            double end = i + 1 < chapters.Count ? chapters[i + 1].Start : Math.Max(seconds, chapters[i].Start);
            text.Append(CultureInfo.InvariantCulture, $"[CHAPTER]\nTIMEBASE=1/1000\nSTART={Math.Round(chapters[i].Start * 1000)}\nEND={Math.Round(end * 1000)}\ntitle={Escape(chapters[i].Title)}\n");
        }
        return text.ToString();
    }

    private static string Escape(string title)
    {
        var text = new StringBuilder();
        foreach (char c in title)
        {
            if (c is '=' or ';' or '#' or '\\')
                text.Append('\\');
            text.Append(char.IsControl(c) ? ' ' : c);
        }
        return text.ToString();
    }
}
