using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Analysis.Views;
using AInimEngine.Core.Frames;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing.Output;

/// <summary>
/// An analysis as one HTML file to look at and listen to, without any request to elsewhere. Sound of up to
/// <see cref="LongestEmbedded"/> seconds is embedded as Opus; longer sound is referenced as the file beside the report.
/// </summary>
public static class TrackReport
{
    /// <summary>Seconds; about 15 MB of Opus.</summary>
    public const double LongestEmbedded = 20 * 60;

    private const string Template = "AInimEngine.Engine.Hearing.Output.report.html", DataMark = "/*DATA*/null", TitleMark = "<!--TITLE-->";

    /// <summary>Writes the report.</summary>
    public static void Write(string path, bool overwrite, HeardTrack heard, CancellationToken cancellation)
    {
        TrackView view = TrackViews.Make(heard, TrackViews.ReportColumns, cancellation);
        string sound = heard.Analysis.Duration <= LongestEmbedded
            ? "data:audio/ogg;base64," + Convert.ToBase64String(CompactSound.Encode(heard.Path, cancellation))
            : Uri.EscapeDataString(Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path))!, heard.Path)).Replace("%2F", "/", StringComparison.Ordinal);
        string data = Encoding.UTF8.GetString(Data(heard, view, sound));
        string page = ReadTemplate();
        int title = page.IndexOf(TitleMark, StringComparison.Ordinal), mark = page.IndexOf(DataMark, StringComparison.Ordinal);
        WholeFile.Write(path, overwrite, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            writer.Write(page.AsSpan(0, title));
            writer.Write(HtmlEncoder.Default.Encode(Path.GetFileName(heard.Path)));
            writer.Write(page.AsSpan(title + TitleMark.Length, mark - title - TitleMark.Length));
            writer.Write(data);
            writer.Write(page.AsSpan(mark + DataMark.Length));
        });
    }

    private static string ReadTemplate()
    {
        using Stream stream = typeof(TrackReport).Assembly.GetManifestResourceStream(Template)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // The default encoder escapes '<', so that no text from a file can end the script.
    private static byte[] Data(HeardTrack heard, TrackView view, string sound)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            TrackAnalysis analysis = heard.Analysis;
            json.WriteStartObject();
            json.WriteString("name", Path.GetFileName(heard.Path));
            json.WriteString("corrections", heard.Corrections is { } file ? Path.GetFileName(file) : "");
            json.WriteString("sound", sound);
            json.WriteNumber("rate", view.Rate);
            json.WriteNumber("columns", view.Count);
            json.WriteNumber("bands", TrackView.Bands);
            json.WriteNumber("lowest", TrackView.LowestBand);
            json.WriteNumber("highest", TrackView.HighestBand);
            json.WriteBase64String("low", Bytes(view.Low));
            json.WriteBase64String("high", Bytes(view.High));
            json.WriteBase64String("spectrogram", view.Spectrogram);
            WriteFeatures(json, view);
            json.WritePropertyName("analysis");
            json.WriteRawValue(Analysis(heard));
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static byte[] Analysis(HeardTrack heard)
    {
        using var stream = new MemoryStream();
        AnalysisJson.Write(stream, heard, isLive: false, features: null);

        // Written for files, it leaves '<' as it is; here it stands in a script.
        string text = Encoding.UTF8.GetString(stream.ToArray()).Replace("<", "\\u003C", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private static void WriteFeatures(Utf8JsonWriter json, TrackView view)
    {
        json.WriteStartArray("features");
        foreach (FrameField field in FeatureTable.Layout.Fields)
        {
            if (field.Name.StartsWith("raw.", StringComparison.Ordinal) || field.Name == "onset.at")
                continue;
            int offset = FeatureTable.Layout.OffsetOf(field.Name);
            var bytes = new byte[view.Count * field.Length];
            for (int column = 0; column < view.Count; column++)
            {
                ReadOnlySpan<float> values = view.Features(column).Slice(offset, field.Length);
                for (int i = 0; i < values.Length; i++)
                    bytes[column * field.Length + i] = (byte)Math.Clamp(values[i] * 255, 0, 255);
            }
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("description", field.Description);
            json.WriteNumber("length", field.Length);
            json.WriteBase64String("values", bytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>-1..1 as 0..254, 127 is 0.</summary>
    private static byte[] Bytes(IReadOnlyList<float> samples)
    {
        var bytes = new byte[samples.Count];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Math.Clamp(127 + 127 * samples[i], 0, 254);
        return bytes;
    }
}
