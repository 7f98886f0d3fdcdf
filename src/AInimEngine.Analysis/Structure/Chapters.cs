using System.Globalization;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Structure;

/// <summary>Chapter marks for players and video platforms.</summary>
public static class Chapters
{
    /// <summary>Seconds; chapters shorter than this are not made: platforms refuse them.</summary>
    private const double Shortest = 10;

    /// <summary>Start in seconds and title of each chapter: the sections, repeated ones numbered; the first starts at 0.</summary>
    public static IReadOnlyList<(double Time, string Title)> Of(TrackAnalysis track)
    {
        var chapters = new List<(double, string)>();
        var seen = new Dictionary<string, int>();
        double last = double.NegativeInfinity;
        foreach (Section section in track.Sections)
        {
            double start = chapters.Count == 0 ? 0 : section.Start;
            if (chapters.Count > 0 && (start - last < Shortest || section.End - start < Shortest))
                continue;
            seen[section.Label] = seen.GetValueOrDefault(section.Label) + 1;
            chapters.Add((start, Title(section.Label, seen[section.Label])));
            last = start;
        }
        return chapters;
    }

    private static string Title(string label, int time) => label switch
    {
        "intro" => "Intro",
        "outro" => "Outro",
        _ => time == 1 ? label : string.Create(CultureInfo.InvariantCulture, $"{label} {time}"),
    };
}
