using System.Text;

namespace AInimEngine.Neural.Models;

/// <summary>Puts what a file says into a line for people: quoted, short, without control characters.</summary>
internal static class Printable
{
    private const int Most = 80;

    /// <summary>The text in single quotes, at most 80 characters of it.</summary>
    public static string Quote(string text)
    {
        var line = new StringBuilder("'");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Most)))
            line.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or >= '\u202a' and <= '\u202e' ? '?' : c);
        return line.Append(text.Length > Most ? "...'" : "'").ToString();
    }

    /// <summary>"[3, 64, 1, 1]".</summary>
    public static string Shape(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
