using System.Text.RegularExpressions;

namespace AInimEngine.Rendering.Shaders;

/// <summary>Finds the names that a shader file uses, so that files can be joined without clashing.</summary>
internal static partial class ShaderNames
{
    /// <summary>Functions, constants and macros that the file declares at its top level.</summary>
    public static IReadOnlyList<string> TopLevel(string source)
    {
        string outer = OuterText(source);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match match in DeclarationPattern().Matches(outer))
            names.Add(match.Groups[1].Value);
        return [.. names];
    }

    /// <summary>Identifiers of the form audio_x that the file uses, and whether it indexes them.</summary>
    public static IEnumerable<(string Name, bool Indexed)> Audio(string source) =>
        AudioPattern().Matches(WithoutComments(source))
            .GroupBy(match => match.Groups[1].Value, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Any(match => match.Groups[2].Success)));

    /// <summary>True when the file uses the identifier outside comments.</summary>
    public static bool Uses(string source, string identifier) =>
        Regex.IsMatch(WithoutComments(source), $@"\b{Regex.Escape(identifier)}\b");

    private static string WithoutComments(string source) => CommentPattern().Replace(source, " ");

    private static string OuterText(string source)
    {
        char[] text = WithoutComments(source).ToCharArray();
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '{')
                depth++;
            bool inside = depth > 0;
            if (text[i] is '}')
                depth--;
            if (inside && text[i] != '\n')
                text[i] = ' ';
        }
        return new string(text);
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex CommentPattern();

    [GeneratedRegex(@"\b(?:void|float|int|uint|bool|[biu]?vec[234]|mat[234])\s+(\w+)\s*[(=;\[]")]
    private static partial Regex DeclarationPattern();

    [GeneratedRegex(@"\b(audio_\w+)\b\s*(\[)?")]
    private static partial Regex AudioPattern();
}
