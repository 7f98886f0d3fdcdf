using System.Text.RegularExpressions;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Midi;
using AInimEngine.Analysis.Music;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Mapping.Presets;

namespace AInimEngine.Engine.Hearing;

/// <summary>
/// Everything that a preset can listen to, in one layout: the features of the track, where the music is, the features of
/// each stem, and the parts of a MIDI file. Immutable.
/// </summary>
public sealed partial class SourceLayout
{
    private const string Stem = "stem.", Midi = "midi.";
    private const int MostNamed = 64;

    /// <summary>The features of a stem: those of a track, normalised.</summary>
    private static readonly FrameField[] s_stemFields = [.. FeatureTable.Layout.Fields.Where(field => !field.Name.StartsWith("raw.", StringComparison.Ordinal))];

    /// <summary>Makes the layout.</summary>
    /// <param name="stems">Names of the stems that are given or listened to.</param>
    /// <param name="parts">Numbers or names of the MIDI parts that are listened to.</param>
    public SourceLayout(IEnumerable<string> stems, IEnumerable<string> parts)
    {
        Stems = [.. stems.Distinct().Order(StringComparer.Ordinal)];
        Parts = [.. parts.Distinct().Order(StringComparer.Ordinal)];
        Layout = new FrameLayout(
        [
            .. FeatureTable.Layout.Fields,
            .. MusicTable.Layout.Fields,
            .. Stems.SelectMany(stem => s_stemFields.Select(field => field with { Name = $"{Stem}{stem}.{field.Name}", Description = $"Stem '{stem}': {field.Description}" })),
            .. Parts.SelectMany(part => MidiTable.Layout.Fields.Select(field => field with { Name = $"{Midi}{part}.{field.Name}", Description = $"MIDI part '{part}': {field.Description}" })),
        ]);
    }

    /// <summary>Without stems and MIDI.</summary>
    public static SourceLayout Plain { get; } = new([], []);

    /// <summary>The bands that the preset asks for.</summary>
    public FreeBands Bands { get; init; } = FreeBands.None;

    /// <summary>Names, units, ranges and offsets.</summary>
    public FrameLayout Layout { get; }

    /// <summary>The stems, in order of offset.</summary>
    public IReadOnlyList<string> Stems { get; }

    /// <summary>The MIDI parts, in order of offset.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Where the fields of <see cref="MusicTable"/> begin.</summary>
    public static int MusicOffset => FeatureTable.Layout.Size;

    /// <summary>Where the features of a stem begin.</summary>
    public static int StemOffset(int stem) => MusicOffset + MusicTable.Layout.Size + stem * FeatureTable.RawOffset;

    /// <summary>Where the fields of a MIDI part begin.</summary>
    public int PartOffset(int part) => StemOffset(Stems.Count) + part * MidiTable.Layout.Size;

    /// <summary>The layout for a preset: with every stem and MIDI part that its text names, given or not, so that it can be read without them.</summary>
    /// <param name="presetText">The preset's JSON.</param>
    /// <param name="stems">Names of the stems that are given.</param>
    /// <exception cref="AInimException">It names more stems or parts than anybody has.</exception>
    public static SourceLayout For(string presetText, IEnumerable<string> stems)
    {
        string[] parts = Distinct(PartName().Matches(presetText), [], "MIDI parts");
        return new SourceLayout(Distinct(StemName().Matches(presetText), stems, "stems"), parts);

        static string[] Distinct(MatchCollection found, IEnumerable<string> given, string what)
        {
            string[] names = [.. given.Concat(found.Select(match => match.Groups[1].Value)).Distinct().Take(MostNamed + 1)];
            return names.Length <= MostNamed ? names : throw new AInimException(ExitCode.Preset, $"the preset listens to more than {MostNamed} {what}. Use fewer.");
        }
    }

    /// <summary>The same with the bands that a preset asks for.</summary>
    /// <exception cref="AInimException">One of them cannot be measured.</exception>
    public SourceLayout WithBands(Preset preset)
    {
        FreeBand[] bands = [.. preset.Bands.Select(band => new FreeBand(band.Name, band.From, band.To))];
        for (int i = 0; i < bands.Length; i++)
            if (FreeBands.Fault(bands[i]) is { } fault)
                throw preset.Error(preset.Bands[i].At, fault);
        return bands.Length == 0 ? this : new SourceLayout(Stems, Parts) { Bands = new FreeBands(bands) };
    }

    /// <summary>Whether a stem may have this name.</summary>
    public static bool IsStemName(string name) => StemName().IsMatch($"\"{Stem}{name}.") && !name.Contains('.', StringComparison.Ordinal);

    /// <summary>The sources that only exist with a stem or a MIDI file, for schema and documentation.</summary>
    public static IReadOnlyList<SourcePattern> Patterns { get; } =
    [
        new($"{Stem}drums.rms", $@"^stem\.[a-z][a-z0-9_-]*\.({Alternatives(s_stemFields)})(\[[0-9]+\])?$", "0..1",
            "Any feature of a stem that is given with `--stem drums=FILE`; 0 without it."),
        .. MidiTable.Layout.Fields.Select(field => new SourcePattern(
            $"{Midi}1.{field.Name}{(field.Length > 1 ? "[0]" : "")}", $@"^midi\.[a-z0-9][a-z0-9_-]*\.{field.Name}{(field.Length > 1 ? @"(\[[0-9]+\])?" : "")}$", FormattableString.Invariant($"{field.Min:g6}..{field.Max:g6}{(field.Unit.Length > 0 ? " " + field.Unit : "")}"),
            $"Part 1, 2, ... (or its name, as in `midi.lead-synth.note`) of the file that is given with `--midi FILE`; 0 without it. {field.Description}")),
    ];

    private static string Alternatives(IEnumerable<FrameField> fields) => string.Join('|', fields.Select(field => Regex.Escape(field.Name)));

    [GeneratedRegex(@"""stem\.([a-z][a-z0-9_-]{0,39})\.", RegexOptions.CultureInvariant)]
    private static partial Regex StemName();

    [GeneratedRegex(@"""midi\.([a-z0-9][a-z0-9_-]{0,39})\.", RegexOptions.CultureInvariant)]
    private static partial Regex PartName();
}
