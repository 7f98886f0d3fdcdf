using System.Globalization;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Engine.Live.SetLists;

/// <summary>
/// Presets in the order of an evening. A text file has one a line, <c>ink, transition iris, beats 8, cue drop, note wait for the
/// voice</c>; a YAML file a list of names or of maps with the same fields, and of YAML nothing else.
/// </summary>
public sealed record SetList
{
    private const long MostBytes = 1 << 20;

    /// <summary>Entries of a set list, at most.</summary>
    public const int MostEntries = 1000;

    private SetList(IReadOnlyList<SetEntry> entries) => Entries = entries;

    /// <summary>The entries in order; at least one.</summary>
    public IReadOnlyList<SetEntry> Entries { get; }

    /// <summary>The place of a cue, in any case of letters; -1 where there is none.</summary>
    public int IndexOf(string cue)
    {
        for (int i = 0; i < Entries.Count; i++)
            if (cue.Trim().Equals(Entries[i].Cue, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }

    /// <summary>Reads a file; presets with a path count from its folder.</summary>
    /// <param name="path">A .txt, .yaml or .yml file.</param>
    /// <exception cref="AInimException">It cannot be read, says something unknown, or names a preset that is not there; file and line are told.</exception>
    public static SetList Read(string path)
    {
        string text;
        try
        {
            text = Encoding.UTF8.GetString(SmallFile.Read(path, MostBytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the set list '{path}': {SystemReason.Of(error)} Name a text or YAML file.", error);
        }
        bool isYaml = Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml";
        return Parse(text, isYaml, path, name => Resolve(name, Path.GetDirectoryName(Path.GetFullPath(path))!));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="isYaml">Which of the two forms.</param>
    /// <param name="origin">How errors name it.</param>
    /// <param name="resolve">What to ask for instead of a preset as written; throws where there is none.</param>
    internal static SetList Parse(string text, bool isYaml, string origin, Func<string, string> resolve)
    {
        var entries = new List<SetEntry>();
        var cues = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int number = 0, begun = 0;
        Dictionary<string, string>? open = null;
        foreach (string line in text.TrimStart('\uFEFF').Split('\n').Append(isYaml ? "- " : ""))
        {
            number++;
            string words = Bare(line);
            if (words.Length == 0 || words == "---")
                continue;
            bool begins = !isYaml || words == "-" || words.StartsWith("- ", StringComparison.Ordinal);
            if (begins && open is not null && entries.Count == MostEntries)
                break; // nothing beyond is looked for on the disk
            if (begins && open is not null)
                entries.Add(Made(open, begun, origin, cues, resolve));
            if (begins)
            {
                (open, begun) = ([], number);
                words = isYaml ? words[1..].Trim() : words;
            }
            if (open is null)
                throw Error(origin, number, $"'{words}' stands before the first entry: begin it with '- '");
            if (isYaml && words.Length > 0)
                TakeYaml(words, open, origin, number);
            else if (!isYaml)
                TakeText(words, open, origin, number);
        }
        if (open is { Count: > 0 })
            entries.Add(Made(open, begun, origin, cues, resolve));
        if (entries.Count is 0 or > MostEntries)
            throw new AInimException(ExitCode.Input, $"the set list '{origin}' has {(entries.Count == 0 ? "no" : $"more than {MostEntries}")} entries. Write one preset a line.");
        return new SetList(entries);
    }

    // A comment begins a line or follows a space.
    private static string Bare(string line)
    {
        string words = line.TrimEnd('\r');
        int comment = words.StartsWith('#') ? 0 : words.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? words : words[..comment]).Trim();
    }

    private static void TakeText(string words, Dictionary<string, string> entry, string origin, int line)
    {
        string[] parts = words.Split(',', StringSplitOptions.TrimEntries);
        Add(entry, "preset", parts[0], origin, line);
        // A note is words, commas among them.
        for (int i = 1; i < parts.Length; i++)
        {
            string[] field = parts[i].Split(' ', 2, StringSplitOptions.TrimEntries);
            bool isNote = field[0].Equals("note", StringComparison.OrdinalIgnoreCase);
            Add(entry, field[0], isNote ? string.Join(", ", [field.Length > 1 ? field[1] : "", .. parts[(i + 1)..]]) : field.Length > 1 ? field[1] : "", origin, line);
            if (isNote)
                break;
        }
    }

    private static void TakeYaml(string words, Dictionary<string, string> entry, string origin, int line)
    {
        int colon = words.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 && words.EndsWith(':'))
            colon = words.Length - 1;
        if (colon < 0)
            Add(entry, "preset", Unquoted(words), origin, line);
        else
            Add(entry, words[..colon].Trim(), Unquoted(words[(colon + 1)..].Trim()), origin, line);
    }

    private static string Unquoted(string words) =>
        words.Length >= 2 && words[0] == words[^1] && words[0] is '"' or '\'' ? words[1..^1] : words;

    private static void Add(Dictionary<string, string> entry, string field, string value, string origin, int line)
    {
        string name = field.ToLowerInvariant();
        if (name is not ("preset" or "transition" or "beats" or "cue" or "note"))
            throw Error(origin, line, $"there is no '{field}': an entry has preset, transition, beats, cue and note");
        if (value.Length == 0)
            throw Error(origin, line, $"'{name}' says nothing");
        if (!entry.TryAdd(name, value))
            throw Error(origin, line, $"'{name}' is there twice");
    }

    private static SetEntry Made(Dictionary<string, string> fields, int line, string origin, HashSet<string> cues, Func<string, string> resolve)
    {
        if (!fields.TryGetValue("preset", out string? preset))
            throw Error(origin, line, "the entry has no preset");
        double? beats = null;
        if (fields.TryGetValue("beats", out string? given))
            beats = double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 64
                ? number
                : throw Error(origin, line, $"'{given}' is no number of beats: 0 to 64");
        string? cue = fields.GetValueOrDefault("cue");
        if (cue is not null && !cues.Add(cue))
            throw Error(origin, line, $"the cue '{cue}' is there twice");
        try
        {
            return new SetEntry(resolve(preset)) { Transition = fields.GetValueOrDefault("transition"), Beats = beats, Cue = cue, Note = fields.GetValueOrDefault("note") };
        }
        catch (AInimException error)
        {
            throw Error(origin, line, error.Message.TrimEnd('.'));
        }
    }

    private static string Resolve(string preset, string folder)
    {
        string beside = Path.Combine(folder, preset);
        string name = preset.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(beside) ? beside : preset;
        string file = Scene.Presets().Resolve(name);
        // "Ink" plays ink: names are compared exactly from here on.
        return name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? name : Path.GetFileNameWithoutExtension(file);
    }

    private static AInimException Error(string origin, int line, string what) => new(ExitCode.Input, $"the set list '{origin}', line {line}: {what}.");
}
