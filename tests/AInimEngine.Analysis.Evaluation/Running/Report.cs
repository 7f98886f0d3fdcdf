using System.Text;
using AInimEngine.Analysis.Evaluation.Metrics;

namespace AInimEngine.Analysis.Evaluation.Running;

/// <summary>Writes results as Markdown tables: a row for every family, and the mean over families.</summary>
internal static class Report
{
    /// <param name="outsideMean">Families that the mean leaves out.</param>
    internal static string Of(Evaluator evaluator, IReadOnlyList<TrackResult> results, IReadOnlySet<string> outsideMean, bool showTracks)
    {
        var text = new StringBuilder();
        foreach (string missing in evaluator.Missing)
            text.AppendLine($"Skipped {missing}.");
        (string Name, TrackResult[] Results)[] families = [.. results.GroupBy(r => r.Track.Family).Select(group => (group.Key, group.ToArray()))];

        string[] names = [.. evaluator.Beats.Select(system => system.Name)];
        Table(text, "Beats: F / F at any level / CMLt / AMLt", names, families, outsideMean, showTracks,
            (rows, i) => Mean([.. rows.Select(r => r.Beats[i]).OfType<BeatScore>()]));
        names = [.. evaluator.Onsets.Select(system => system.Name)];
        Table(text, "Onsets: F / precision / recall at 25 ms", names, families, outsideMean, showTracks,
            (rows, i) => Mean([.. rows.Select(r => r.Onsets[i]).OfType<EventScore>()]));
        names = [.. evaluator.Structure.Select(system => system.Name)];
        Table(text, "Key (MIREX score) / section boundaries F at 0.5 s / at 3 s", names, families, outsideMean, showTracks, (rows, i) =>
        {
            double[] keys = [.. rows.Select(r => r.Keys[i]).OfType<double>()];
            SectionScore[] sections = [.. rows.Select(r => r.Sections[i]).OfType<SectionScore>()];
            return keys.Length + sections.Length == 0 ? null :
                [keys.Length == 0 ? 0 : keys.Average(), sections.Length == 0 ? 0 : sections.Average(s => s.Near.F), sections.Length == 0 ? 0 : sections.Average(s => s.Far.F)];
        });
        return text.ToString();
    }

    private static double[]? Mean(BeatScore[] scores)
    {
        if (scores.Length == 0)
            return null;
        BeatScore mean = BeatScore.Mean(scores);
        return [mean.F, mean.TolerantF, mean.CmlTotal, mean.AmlTotal];
    }

    private static double[]? Mean(EventScore[] scores) =>
        scores.Length == 0 ? null : [scores.Average(s => s.F), scores.Average(s => s.Precision), scores.Average(s => s.Recall)];

    private static void Table(
        StringBuilder text, string title, string[] systems, (string Name, TrackResult[] Results)[] families,
        IReadOnlySet<string> outsideMean, bool showTracks, Func<TrackResult[], int, double[]?> meanOf)
    {
        if (systems.Length == 0 || families.All(family => meanOf(family.Results, 0) is null))
            return;
        text.AppendLine().AppendLine($"{title}.").AppendLine();
        text.AppendLine($"| | tracks | {string.Join(" | ", systems)} |").AppendLine($"|---|---|{string.Concat(systems.Select(_ => "---|"))}");
        foreach ((string name, TrackResult[] results) in families)
        {
            if (showTracks)
            {
                foreach (TrackResult result in results)
                    Row(text, $"{result.Track.Name} ({result.Tempo:0})", 1, systems.Select((_, i) => meanOf([result], i)));
            }
            Row(text, outsideMean.Contains(name) ? $"({name})" : name, results.Length, systems.Select((_, i) => meanOf(results, i)));
        }
        TrackResult[][] inMean = [.. families.Where(family => !outsideMean.Contains(family.Name)).Select(family => family.Results)];
        TrackResult[] all = [.. inMean.SelectMany(results => results)];
        if (inMean.Length > 1)
            Row(text, "**mean of tracks**", all.Length, systems.Select((_, i) => meanOf(all, i)));
    }

    private static void Row(StringBuilder text, string name, int count, IEnumerable<double[]?> means) => text.AppendLine(
        $"| {name} | {count} | {string.Join(" | ", means.Select(mean => mean is null ? "" : string.Join(" / ", mean.Select(x => x.ToString("0.000")))))} |");
}
