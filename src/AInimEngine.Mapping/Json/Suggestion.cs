namespace AInimEngine.Mapping.Json;

/// <summary>Finds the words that somebody may have meant.</summary>
public static class Suggestion
{
    /// <summary>"; did you mean 'speed'?" or, when nothing is near, "; there are: a, b, c".</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        List<string> all = [.. known];
        IReadOnlyList<string> close = Close(word, all);
        if (close.Count > 0)
            return $"; did you mean {string.Join(" or ", close.Select(name => $"'{name}'"))}?";
        return all.Count switch
        {
            0 => "",
            <= 24 => $"; there are: {string.Join(", ", all)}",
            _ => $"; there are {all.Count}, e.g. {string.Join(", ", all.Take(12))}",
        };
    }

    /// <summary>At most three words within a third of the word's length in edits, nearest first.</summary>
    public static IReadOnlyList<string> Close(string word, IEnumerable<string> known)
    {
        int limit = Math.Max(1, Math.Min(word.Length, 40) / 3);
        return [.. known
            .Select(name => (name, distance: Distance(word, name)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.name, StringComparer.Ordinal)
            .Take(3).Select(pair => pair.name)];
    }

    /// <summary>Edits (insert, delete, replace, swap neighbours) between two words, ignoring case; long words are cut.</summary>
    public static int Distance(string left, string right)
    {
        string a = left.Length > 40 ? left[..40] : left, b = right.Length > 40 ? right[..40] : right;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }
        return rows[a.Length, b.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
