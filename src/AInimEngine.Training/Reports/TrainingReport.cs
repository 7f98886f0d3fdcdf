using System.Globalization;
using System.Net;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Reports;

/// <summary>A run as one HTML page that needs nothing beside it: no script, no font, no picture from elsewhere.</summary>
public static class TrainingReport
{
    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="path">Ends in ".html"; replaced when it exists.</param>
    /// <param name="contents">What it says.</param>
    /// <exception cref="AInimException">It cannot be written.</exception>
    public static void Write(string path, ReportContents contents)
    {
        try
        {
            PartialFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(Render(contents))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write the report '{path}': {SystemReason.Of(error)} Make room or choose another place.", error);
        }
    }

    /// <summary>The page.</summary>
    /// <param name="contents">What it says.</param>
    public static string Render(ReportContents contents)
    {
        var html = new StringBuilder();
        string name = WebUtility.HtmlEncode(contents.Name);
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(name).Append(": training</title>\n<style>\n").Append(ReportStyle.Text).Append("\n</style>\n</head>\n<body>\n<h1>").Append(name).Append("</h1>\n");
        if (contents.State.Length > 0)
            html.Append("<p class=\"soft\">").Append(WebUtility.HtmlEncode(contents.State)).Append("</p>\n");
        TrainingRecord? best = TrainingVerdict.Best(contents.Records);
        WriteTiles(html, contents.Records, best);
        foreach (TrainingWarning warning in contents.Warnings)
            html.Append("<p class=\"warning\">").Append(WebUtility.HtmlEncode(warning.Text)).Append("</p>\n");
        WritePictures(html, contents.Pictures);
        WriteCharts(html, contents.Records, best);
        WriteSections(html, contents.Sections);
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void WriteTiles(StringBuilder html, IReadOnlyList<TrainingRecord> records, TrainingRecord? best)
    {
        if (records.Count == 0)
            return;
        TrainingRecord last = records[^1];
        html.Append("<div class=\"tiles\">\n");
        Tile(Say($"{last.Kimg:0.#}k"), "pictures seen");
        Tile(Duration(last.Seconds), "of training");
        if (double.IsFinite(last.PicturesPerSecond))
            Tile(LineChart.Label(last.PicturesPerSecond), "pictures a second");
        if (best?.Quality is { } quality)
        {
            Tile(Say($"{quality.SwdMean:0}"), Say($"best distance, at {best.Kimg:0.#}k; training pictures among themselves {quality.FloorMean:0}"));
            if (double.IsFinite(quality.SwdOverFloor))
                Tile(Say($"{quality.SwdOverFloor:0.0}x"), "that distance over the floor; below 3 is good");
            if (double.IsFinite(quality.Memorisation))
                Tile(Say($"{quality.Memorisation:0.00}"), "memorisation ratio; below 0.6 it copies");
            Tile(Say($"{quality.Diversity:0.00}"), "as varied as the training pictures");
        }
        html.Append("</div>\n");

        void Tile(string value, string label) =>
            html.Append("<div><b>").Append(WebUtility.HtmlEncode(value)).Append("</b><span class=\"soft\">").Append(WebUtility.HtmlEncode(label)).Append("</span></div>\n");
    }

    private static void WritePictures(StringBuilder html, IReadOnlyList<ReportPicture> pictures)
    {
        if (pictures.Count == 0)
            return;
        html.Append("<h2>Pictures</h2>\n<div class=\"sheets\">\n");
        foreach (ReportPicture picture in pictures)
        {
            string title = WebUtility.HtmlEncode(picture.Title);
            html.Append("<figure><figcaption>").Append(title).Append("</figcaption><img alt=\"").Append(title).Append("\" src=\"data:image/png;base64,")
                .Append(Convert.ToBase64String(picture.Png)).Append("\"><p class=\"note\">").Append(WebUtility.HtmlEncode(picture.Caption)).Append("</p></figure>\n");
        }
        html.Append("</div>\n");
    }

    private static void WriteCharts(StringBuilder html, IReadOnlyList<TrainingRecord> records, TrainingRecord? best)
    {
        LineChart[] charts = [.. ReportCharts.Of(records, best).Where(chart => chart.HasPoints)];
        if (charts.Length == 0)
            return;
        html.Append("<h2>Curves</h2>\n<p class=\"soft\">Across: thousands of pictures seen.")
            .Append(best is null ? "" : " The dotted upright is the snapshot that is kept.").Append("</p>\n<div class=\"charts\">\n");
        foreach (LineChart chart in charts)
            chart.Write(html);
        html.Append("</div>\n");
    }

    private static void WriteSections(StringBuilder html, IReadOnlyList<ReportSection> sections)
    {
        if (sections.Count == 0)
            return;
        html.Append("<h2>How it was made</h2>\n<div class=\"tables\">\n");
        foreach (ReportSection section in sections)
        {
            html.Append("<section><h3>").Append(WebUtility.HtmlEncode(section.Title)).Append("</h3><table>\n");
            foreach ((string label, string value) in section.Rows)
                html.Append("<tr><th>").Append(WebUtility.HtmlEncode(label)).Append("</th><td>").Append(WebUtility.HtmlEncode(value)).Append("</td></tr>\n");
            html.Append("</table></section>\n");
        }
        html.Append("</div>\n");
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => Say($"{seconds:0} s"),
        < 5400 => Say($"{seconds / 60:0} min"),
        _ => Say($"{seconds / 3600:0.0} h"),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
