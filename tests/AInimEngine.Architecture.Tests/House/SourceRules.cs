using System.Text.RegularExpressions;

namespace AInimEngine.Architecture.Tests.House;

/// <summary>What every C# file keeps to, found by reading its text: files here are simple enough for that.</summary>
internal static partial class SourceRules
{
    private const int LineLimit = 400;

    /// <summary>Files that may be longer than <see cref="LineLimit"/>, each with its reason.</summary>
    private static readonly HashSet<string> _longFiles = [];

    /// <summary>Classes that others derive from; everything else is sealed, static or abstract.</summary>
    private static readonly HashSet<string> _openClasses = [];

    /// <summary>What must not stand in a source, and why.</summary>
    private static readonly (Regex Pattern, string Reason)[] _banned =
    [
        (Whole(@"\[DllImport\b"), "native functions are bound with LibraryImport"),
        (Whole(@"#nullable\s+disable"), "nullable is on everywhere"),
        (Whole(@"\b(TODO|FIXME|HACK)\b"), "what is unfinished is an issue, not a comment"),
        (Whole(@"/(root|home|Users)/"), "a path of one machine"),
        (Whole(@"(?i)\b(chatgpt|claude|copilot|language model|as an ai)\b"), "sources speak of the engine, not of how they were written"),
        (Whole(@"[Tt]hread\.Sleep\("), "await a signal, or pace with the one wait in Core"),
        (Whole(@"\bunsafe\s*\{\s*\}"), "an empty unsafe block"),
    ];

    /// <summary>What is wrong with a file, one line each.</summary>
    /// <param name="path">"src/AInimEngine.Core/Time/Rational.cs".</param>
    /// <param name="text">Its content.</param>
    /// <param name="isProduct">False for tests and tools, where a file may hold several types and be long.</param>
    public static IEnumerable<string> Violations(string path, string text, bool isProduct)
    {
        string[] lines = text.Split('\n');
        string file = Path.GetFileNameWithoutExtension(path);
        string folder = Path.GetDirectoryName(path)!;
        string expected = folder[(folder.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '.');

        string[] spaces = [.. lines.Where(line => NamespaceLine().IsMatch(line)).Select(line => NamespaceLine().Match(line).Groups[1].Value)];
        string[] types = [.. lines.Select(line => TypeLine().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)];
        if (types.Length > 0 && (spaces.Length != 1 || spaces[0] != expected))
            yield return $"{path}: the namespace is '{string.Join(", ", spaces)}', the folder says '{expected}' (file-scoped)";

        foreach ((Regex pattern, string reason) in _banned)
        {
            int line = Array.FindIndex(lines, pattern.IsMatch);
            if (line >= 0)
                yield return $"{path}:{line + 1}: '{pattern.Match(lines[line]).Value}': {reason}";
        }
        if (!isProduct)
            yield break;

        string[] publicTypes = [.. lines.Where(line => line.StartsWith("public ", StringComparison.Ordinal))
            .Select(line => TypeLine().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)];
        if (publicTypes.Length > 1)
            yield return $"{path}: {string.Join(", ", publicTypes)}: one public type per file";
        // Rational.cs, Image{T}.cs, or Tensor.Operators.cs for a part of Tensor.
        if (publicTypes.Length == 1 && file.Split('.', '{')[0] != publicTypes[0])
            yield return $"{path}: the file is not named like its type {publicTypes[0]}";
        if (lines.Length - 1 > LineLimit && !_longFiles.Contains(path))
            yield return $"{path}: {lines.Length - 1} lines; above {LineLimit}, split by responsibility";
        foreach (string open in lines.Select(line => OpenClassLine().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value))
        {
            if (!_openClasses.Contains(open))
                yield return $"{path}: {open} is neither sealed nor static nor abstract";
        }
    }

    private static Regex Whole(string pattern) => new(pattern, RegexOptions.CultureInvariant);

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex NamespaceLine();

    /// <summary>A type at the left margin: with file-scoped namespaces, one that is not nested.</summary>
    [GeneratedRegex(@"^(?:public|internal|file)(?: (?:static|sealed|abstract|partial|readonly|unsafe|ref))* (?:record struct|record class|record|class|struct|interface|enum) (?<name>\w+)|^(?:public|internal)(?: unsafe)? delegate .+? (?<name>\w+)(?=[(<])")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?:public|internal)(?: (?:partial|unsafe))* (?:record class|record|class) (?!struct\b)(\w+)")]
    private static partial Regex OpenClassLine();
}
