using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Mapping.Json;
using AInimEngine.Mapping.Presets;

namespace AInimEngine.Engine.Hearing;

/// <summary>Reads the artist's corrections and refuses what is wrong with its line and column.</summary>
internal static class CorrectionsReader
{
    private const int MaxSections = 64;
    private const double LongestTrack = 86_400;
    private static readonly string[] s_keys = ["tempo", "first_beat", "beats_per_bar", "sections"];
    private static readonly string[] s_sectionKeys = ["start", "end", "label", "energy"];

    public static TrackCorrections Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = SmallFile.Read(path, JsonText.MaxBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the corrections '{path}': {error.Message.ReplaceLineEndings(" ")}", error);
        }
        return Parse(bytes, path);
    }

    public static TrackCorrections Parse(ReadOnlySpan<byte> utf8, string origin)
    {
        Func<TextPosition, string, Exception> fail = (at, message) => Error(origin, at, message);
        var root = new ObjectReader(JsonText.Parse(utf8, fail), "the corrections", s_keys, fail);
        double? meter = Number(root, "beats_per_bar", 2, 12, "", fail);
        if (meter is { } beats && beats != Math.Round(beats))
            throw fail(root.Find("beats_per_bar")!.At, "beats_per_bar must be a whole number");
        return new TrackCorrections(origin)
        {
            Tempo = Number(root, "tempo", 30, 300, " BPM", fail),
            FirstBeat = Number(root, "first_beat", 0, LongestTrack, " s", fail),
            BeatsPerBar = (int?)meter,
            Sections = ReadSections(root.List("sections", MaxSections), fail),
        };
    }

    public static AInimException Error(string origin, TextPosition at, string message) => new(
        ExitCode.Input,
        at.Line > 0
            ? $"corrections {JsonText.Quote(origin, 200)} line {at.Line} column {at.Column}: {message}"
            : $"corrections {JsonText.Quote(origin, 200)}: {message}");

    // Entries may be pasted from what `analyze --json` writes, so an end and an energy may stand there, but must not contradict.
    private static List<SectionCorrection> ReadSections(IReadOnlyList<JsonNode> nodes, Func<TextPosition, string, Exception> fail)
    {
        var sections = new List<SectionCorrection>();
        double? end = null;
        foreach (JsonNode node in nodes)
        {
            var reader = new ObjectReader(node, "a section", s_sectionKeys, fail);
            TextPosition at = reader.Require("start").At;
            double start = Number(reader, "start", 0, LongestTrack, " s", fail)!.Value;
            if (sections.Count == 0 && start != 0)
                throw fail(at, "the first section must start at 0");
            if (sections.Count > 0 && start <= sections[^1].Start)
                throw fail(at, FormattableString.Invariant($"the section must start after the one before it, which starts at {sections[^1].Start:g6} s"));
            if (end is { } before && Math.Abs(before - start) > 0.05)
                throw fail(at, FormattableString.Invariant($"the section before ends at {before:g6} s; sections follow one another without gaps"));
            string label = reader.RequireText("label", 40);
            if (string.IsNullOrWhiteSpace(label))
                throw fail(reader.Require("label").At, "the label is empty");
            end = Number(reader, "end", 0, LongestTrack, " s", fail);
            if (end <= start)
                throw fail(reader.Require("end").At, "the section ends before it starts");
            sections.Add(new SectionCorrection(start, label, at));
        }
        return sections;
    }

    private static double? Number(ObjectReader reader, string key, double min, double max, string unit, Func<TextPosition, string, Exception> fail)
    {
        if (reader.Find(key) is not { } node)
            return null;
        if (node.Kind != JsonKind.Number)
            throw fail(node.At, $"{key} must be a number, found {node.KindName}");
        return node.Number >= min && node.Number <= max
            ? node.Number
            : throw fail(node.At, FormattableString.Invariant($"{key} = {node.Text} is outside {min:g6}..{max:g6}{unit}"));
    }
}
