namespace AInimEngine.Analysis.Harmony;

/// <summary>How often each degree of a key is heard, and how well a chroma fits each of the 24 keys.</summary>
/// <remarks>
/// Profiles counted in the corpus of J. Albrecht and D. Shanahan ("The use of large corpora to train a new type of
/// key-finding algorithm", Music Perception 31(1), 2013). As good as those of Krumhansl and Kessler, better than those of
/// Temperley and of Bellman: see docs/structure.md.
/// </remarks>
internal static class KeyProfiles
{
    /// <summary>Twelve major keys from C, then twelve minor.</summary>
    internal const int Keys = 24;

    private static readonly double[] s_major = Standard([0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081]);
    private static readonly double[] s_minor = Standard([0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052]);

    /// <summary>Writes Pearson's correlation of <paramref name="classes"/> with each key, -1..1; all 0 for a level chroma.</summary>
    internal static void Correlate(ReadOnlySpan<double> classes, Span<double> fits)
    {
        double mean = 0, square = 0;
        foreach (double x in classes)
            mean += x / PitchGrid.Classes;
        foreach (double x in classes)
            square += (x - mean) * (x - mean);
        double scale = square <= 1e-12 * mean * mean ? 0 : 1 / Math.Sqrt(square);
        for (int key = 0; key < Keys; key++)
        {
            double[] profile = key < PitchGrid.Classes ? s_major : s_minor;
            double sum = 0;
            for (int i = 0; i < PitchGrid.Classes; i++)
                sum += (classes[(i + key) % PitchGrid.Classes] - mean) * profile[i];
            fits[key] = sum * scale;
        }
    }

    /// <summary>Mean 0, squares sum to 1.</summary>
    private static double[] Standard(double[] profile)
    {
        double mean = profile.Average();
        double length = Math.Sqrt(profile.Sum(x => (x - mean) * (x - mean)));
        return [.. profile.Select(x => (x - mean) / length)];
    }
}
