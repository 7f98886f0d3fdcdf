using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Evaluation.Running;

/// <summary>Reads names of keys as truth files have them.</summary>
internal static class KeyNames
{
    private const string Naturals = "C D EF G A B";

    /// <summary>"A minor", "F# major", "Bb minor", "none".</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    internal static KeyEstimate Parse(string name)
    {
        if (name == "none")
            return new(-1, false, 1);
        string[] words = name.Split(' ');
        int natural = words[0].Length is 1 or 2 ? Naturals.IndexOf(char.ToUpperInvariant(words[0][0]), StringComparison.Ordinal) : -1;
        if (words.Length != 2 || natural < 0 || words[1] is not ("major" or "minor"))
            throw new FormatException($"'{name}' is no key.");
        int sharp = words[0].Length == 1 ? 0 : words[0][1] switch
        {
            '#' => 1,
            'b' => -1,
            _ => throw new FormatException($"'{name}' is no key."),
        };
        return new((natural + sharp + 12) % 12, words[1] == "minor", 1);
    }
}
