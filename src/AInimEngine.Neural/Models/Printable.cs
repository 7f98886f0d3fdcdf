using System.Text;

namespace AInimEngine.Neural.Models;

/// <summary>Puts what a file says into a line for people: quoted, short, without control characters.</summary>
internal static class Printable
{
    private const int Most = 80;

    /// <summary>The text in single quotes, at most 80 characters of it.</summary>
    public static string Quote(string text) => $"'{Line(text, Most)}{(text.Length > Most ? "..." : "")}'";

    /// <summary>The text as one line: what moves a cursor or turns the direction of writing becomes a question mark.</summary>
    /// <param name="text">From a file.</param>
    /// <param name="most">Characters of it that are kept.</param>
    public static string Line(string text, int most)
    {
        var line = new StringBuilder();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, most)))
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' or >= '\u200b' and <= '\u200f' or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' ? '?' : c);
        return line.ToString();
    }

    /// <summary>"[3, 64, 1, 1]".</summary>
    public static string Shape(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
