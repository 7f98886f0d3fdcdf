using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Errors;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Engine.Hearing;

/// <summary>
/// What the artist knows better than the analysis: a small JSON file beside the track, named after it with
/// <see cref="Suffix"/> behind. What it says wins, everything else stays as heard. Immutable.
/// </summary>
/// <param name="Origin">The file.</param>
public sealed record TrackCorrections(string Origin)
{
    /// <summary>"song.wav" is corrected by "song.wav.ainim.json".</summary>
    public const string Suffix = ".ainim.json";

    /// <summary>Beats a minute; null as heard.</summary>
    public double? Tempo { get; init; }

    /// <summary>Seconds of the first downbeat; null as heard.</summary>
    public double? FirstBeat { get; init; }

    /// <summary>2 to 12; null as heard.</summary>
    public int? BeatsPerBar { get; init; }

    /// <summary>All sections, from 0 s on; empty as heard.</summary>
    public IReadOnlyList<SectionCorrection> Sections { get; init; } = [];

    /// <summary>The corrections beside a track, or null.</summary>
    /// <exception cref="AInimException">There is such a file, and something is wrong in it.</exception>
    public static TrackCorrections? Find(string track) =>
        File.Exists(track + Suffix) ? CorrectionsReader.Read(track + Suffix) : null;

    /// <summary>The analysis with what the artist says.</summary>
    /// <exception cref="AInimException">It cannot be so: a section behind the end, a first beat without any tempo.</exception>
    public TrackAnalysis Apply(TrackAnalysis heard)
    {
        TrackAnalysis corrected = heard;
        if (Tempo is not null || FirstBeat is not null || BeatsPerBar is not null)
            corrected = CorrectedBeats.Apply(this, corrected);
        if (Sections.Count > 0)
            corrected = corrected with { Sections = Place(heard), SectionConfidence = 1 };
        return corrected;
    }

    /// <summary>An error about a place in the file.</summary>
    internal AInimException Error(TextPosition at, string message) => CorrectionsReader.Error(Origin, at, message);

    private Section[] Place(TrackAnalysis heard)
    {
        var sections = new Section[Sections.Count];
        for (int i = 0; i < sections.Length; i++)
        {
            SectionCorrection section = Sections[i];
            if (section.Start >= heard.Duration)
                throw Error(section.At, FormattableString.Invariant($"the section starts at {section.Start:g6} s, and the track ends at {heard.Duration:g6} s"));
            double end = i + 1 < sections.Length ? Sections[i + 1].Start : heard.Duration;
            sections[i] = new Section(section.Start, end, section.Label, Energy(heard.Sections, section.Start, end));
        }
        double loudest = sections.Max(section => section.Energy);
        return loudest > 0 ? [.. sections.Select(section => section with { Energy = section.Energy / loudest })] : sections;
    }

    // Of the sections that were heard, each as long as it overlaps.
    private static double Energy(IReadOnlyList<Section> heard, double start, double end)
    {
        double sum = 0;
        foreach (Section section in heard)
            sum += section.Energy * Math.Max(0, Math.Min(end, section.End) - Math.Max(start, section.Start));
        return end > start ? sum / (end - start) : 0;
    }
}
