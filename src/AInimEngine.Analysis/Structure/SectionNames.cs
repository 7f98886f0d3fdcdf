using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Structure;

/// <summary>Turns parts into named sections: "intro", "A", "B", "A", "outro".</summary>
internal static class SectionNames
{
    /// <summary>An intro or outro is no longer than this share of the track.</summary>
    private const double LongestEnd = 0.2;

    /// <summary>The sections; letters in order of first appearance.</summary>
    internal static List<Section> Of(Partition partition, UnitFeatures features, TimeUnits units)
    {
        int parts = partition.Starts.Length;
        double[] levels = [.. Enumerable.Range(0, parts).Select(part => Level(features, partition.Starts[part], partition.EndOf(part, units.Count)))];
        double loudest = levels.Max();
        var letters = new Dictionary<int, string>();
        var sections = new List<Section>(parts);
        bool intro = parts > 2 && IsEnd(0, parts - 1, partition, levels, units), outro = parts > 2 && IsEnd(parts - 1, 0, partition, levels, units);
        for (int part = 0; part < parts; part++)
        {
            string name;
            if (part == 0 && intro)
                name = "intro";
            else if (part == parts - 1 && outro)
                name = "outro";
            else if (!letters.TryGetValue(partition.Labels[part], out name!))
                letters.Add(partition.Labels[part], name = Letter(letters.Count));
            double start = units.Edges[partition.Starts[part]], end = units.Edges[partition.EndOf(part, units.Count)];

            // Ten decibels are twice as loud.
            sections.Add(new Section(start, end, name, Math.Pow(2, (levels[part] - loudest) / 10)));
        }
        return sections;
    }

    /// <summary>A short part at one end that is heard nowhere between the ends and is not the loudest.</summary>
    private static bool IsEnd(int part, int other, Partition partition, double[] levels, TimeUnits units)
    {
        for (int i = 0; i < partition.Labels.Length; i++)
        {
            if (i != part && i != other && partition.Labels[i] == partition.Labels[part])
                return false;
        }
        double start = units.Edges[partition.Starts[part]], end = units.Edges[partition.EndOf(part, units.Count)];
        return end - start <= LongestEnd * units.Edges[^1] && levels[part] < levels.Max() - 0.5;
    }

    private static string Letter(int number) => number < 26 ? ((char)('A' + number)).ToString() : $"Z{number - 24}";

    private static double Level(UnitFeatures features, int from, int to)
    {
        double power = 0;
        for (int i = from; i < to; i++)
            power += Math.Pow(10, features.Level[i] / 10);
        return 10 * Math.Log10(power / (to - from));
    }
}
