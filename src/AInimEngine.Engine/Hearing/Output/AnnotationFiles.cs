using System.Globalization;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Engine.Hearing.Output;

/// <summary>An analysis as layers for Sonic Visualiser and programs like it: CSV files of <c>time,label</c>, seconds.</summary>
public static class AnnotationFiles
{
    private static readonly string[] s_layers = ["beats", "onsets", "sections", "keys", "events"];

    /// <summary>The files, in order: "PREFIX-beats.csv", ... In a folder they are named after the track.</summary>
    /// <param name="prefix">How the files begin, or a folder.</param>
    /// <param name="track">The sound file.</param>
    public static IReadOnlyList<string> Names(string prefix, string track)
    {
        if (Directory.Exists(prefix) || Path.EndsInDirectorySeparator(prefix))
            prefix = Path.Combine(prefix, Path.GetFileNameWithoutExtension(track));
        return [.. s_layers.Select(layer => $"{prefix}-{layer}.csv")];
    }

    /// <summary>Writes all of them.</summary>
    public static void Write(IReadOnlyList<string> names, bool overwrite, TrackAnalysis analysis)
    {
        IEnumerable<(double, string)>[] layers = [Beats(analysis.Beats), Onsets(analysis.Onsets), Sections(analysis), Keys(analysis), Events(analysis)];
        for (int i = 0; i < layers.Length; i++)
        {
            IEnumerable<(double Time, string Label)> layer = layers[i];
            WholeFile.Write(names[i], overwrite, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
                foreach ((double time, string label) in layer)
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time:f6},{Quote(label)}"));
            });
        }
    }

    /// <summary>"bar.place"; beats before the first downbeat are in bar 0.</summary>
    private static IEnumerable<(double, string)> Beats(BeatTrack beats)
    {
        int bar = 0;
        for (int i = 0; i < beats.Times.Count; i++)
        {
            if (beats.Positions[i] == 1)
                bar++;
            yield return (beats.Times[i], FormattableString.Invariant($"{bar}.{beats.Positions[i]}"));
        }
    }

    private static IEnumerable<(double, string)> Onsets(OnsetTrack onsets) =>
        onsets.All.Select(onset => (onset.Time, onset.Strength.ToString("f3", CultureInfo.InvariantCulture)));

    private static IEnumerable<(double, string)> Sections(TrackAnalysis analysis) =>
        analysis.Sections.Select(section => (section.Start, section.Label));

    private static IEnumerable<(double, string)> Keys(TrackAnalysis analysis) =>
        analysis.Key.Spans.Select(span => (span.Start, span.Key.Name));

    private static IEnumerable<(double, string)> Events(TrackAnalysis analysis) =>
        analysis.Events.Select(happening => (happening.Start, AnalysisJson.NameOf(happening.Kind)));

    private static string Quote(string label) => label.AsSpan().IndexOfAny(",\"\n\r") < 0
        ? label
        : $"\"{label.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
