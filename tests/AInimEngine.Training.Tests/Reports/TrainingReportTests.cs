using System.Text;
using System.Text.RegularExpressions;
using AInimEngine.Training.Reports;
using AInimEngine.Training.Tests.Measures;

namespace AInimEngine.Training.Tests.Reports;

/// <summary>The page: whole in itself, and true to the log.</summary>
public sealed class TrainingReportTests
{
    private static readonly ReportContents s_contents = new()
    {
        Name = "flames",
        State = "finished",
        Records = Logs.Run(90, 80, 70, 75),
        Warnings = [new(TrainingWarningKind.Overfits, "More pictures help.")],
        Pictures = [ReportPicture.Of("Generated", "64 pictures.", SampleSheet.Draw(Blobs.Stack(4, 16, 1), 2))],
        Sections = [new("Settings", [("Size", "64"), ("Seed", "0")])],
    };

    [Fact]
    public void NothingIsFetchedFromElsewhereAndNothingRuns()
    {
        string page = TrainingReport.Render(s_contents);
        Assert.DoesNotMatch(new Regex("https?:|//[a-z]|<script|<link|<iframe|<object|@import|url\\(|srcset| on[a-z]+=", RegexOptions.IgnoreCase), WithoutData(page));
        Assert.Equal(["data:image/png;base64"], Regex.Matches(page, "src=\"([^,]*),").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void TextsOfOthersAreEscaped()
    {
        const string hostile = "<script>alert('x')</script>\" & more";
        string page = TrainingReport.Render(s_contents with
        {
            Name = hostile,
            State = hostile,
            Warnings = [new(TrainingWarningKind.Copies, hostile)],
            Pictures = [s_contents.Pictures[0] with { Title = hostile, Caption = hostile }],
            Sections = [new(hostile, [(hostile, hostile)])],
        });
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\" & more", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePageTellsTheBestSnapshotTheWarningsAndTheSettings()
    {
        string page = TrainingReport.Render(s_contents);
        Assert.Contains("<b>70</b>", page, StringComparison.Ordinal);
        Assert.Contains("at 4.8k", page, StringComparison.Ordinal);
        Assert.Contains("More pictures help.", page, StringComparison.Ordinal);
        Assert.Contains("<tr><th>Size</th><td>64</td></tr>", page, StringComparison.Ordinal);
        foreach (string title in (string[])["Distance from the training pictures", "Losses", "Real sign", "Memorisation", "Variety", "Speed", "Memory"])
            Assert.Contains($"<figcaption>{title}</figcaption>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTagThatOpensCloses()
    {
        string page = Regex.Replace(TrainingReport.Render(s_contents), "<style>.*?</style>|<!doctype html>", "", RegexOptions.Singleline);
        var open = new Stack<string>();
        foreach (Match tag in Regex.Matches(page, "<(/?)([a-z0-9]+)[^>]*?(/?)>"))
        {
            string name = tag.Groups[2].Value;
            if (name is "meta" or "img" || tag.Groups[3].Length > 0)
                continue;
            if (tag.Groups[1].Length == 0)
                open.Push(name);
            else
                Assert.Equal(open.Pop(), name);
        }
        Assert.Empty(open);
    }

    [Fact]
    public void ARunWithoutMeasuresOrLinesHasAPageToo()
    {
        Assert.Contains("Losses", TrainingReport.Render(s_contents with { Records = [Logs.Line(1)] }), StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", TrainingReport.Render(s_contents with { Records = [], Pictures = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void ACurveIsBrokenWhereNothingWasMeasuredAndStaysInsideItsFrame()
    {
        var chart = new LineChart("t", "n", [new ChartSeries("s", [(0, 1), (1, 3), (2, double.NaN), (3, -2), (4, 5)], 0)]);
        var html = new StringBuilder();
        chart.Write(html);
        string path = Regex.Match(html.ToString(), "class=\"curve c0\" d=\"([^\"]*)\"").Groups[1].Value;
        Assert.Equal("MLML", Regex.Replace(path, "[^ML]", ""));
        (double X, double Y)[] points = [.. Regex.Matches(path, "([-\\d.]+) ([-\\d.]+)").Select(match => (Number(match.Groups[1].Value), Number(match.Groups[2].Value)))];
        Assert.All(points, point => Assert.True(point.X is >= 0 and <= 480 && point.Y is >= 0 and <= 250));
        Assert.True(points[3].Y < points[1].Y && points[1].Y < points[0].Y && points[0].Y < points[2].Y);
    }

    [Theory]
    [InlineData(0, 1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0, 93, new double[] { 0, 20, 40, 60, 80, 100 })]
    [InlineData(-0.3, 0.9, new[] { -0.5, 0, 0.5, 1 })]
    public void TicksAreRoundAndHoldTheRange(double least, double most, double[] expected) =>
        Assert.Equal(expected, LineChart.Ticks(least, most, 5).Select(tick => Math.Round(tick, 9)));

    [Theory]
    [InlineData(18, 320, new double[] { 10, 20, 50, 100, 200, 500 })]
    [InlineData(20, 20.5, new double[] { 20, 50 })]
    [InlineData(0.003, 0.04, new[] { 0.002, 0.005, 0.01, 0.02, 0.05 })]
    public void TicksOfRatiosBeginWithOneTwoOrFive(double least, double most, double[] expected) =>
        Assert.Equal(expected, LineChart.LogarithmicTicks(least, most).Select(tick => Math.Round(tick, 9)));

    [Fact]
    public void AnAxisOfRatiosPutsEqualRatiosAtEqualDistances()
    {
        var html = new StringBuilder();
        new LineChart("t", "n", [new ChartSeries("s", [(0, 10), (1, 100), (2, 1000), (3, 0)], 0)]) { IsLogarithmic = true }.Write(html);
        double[] y = [.. Regex.Matches(html.ToString(), "cy=\"([-\\d.]+)\"").Select(match => Number(match.Groups[1].Value))];
        Assert.Equal(y[0] - y[1], y[1] - y[2], 0.11);
        Assert.Equal(y[0], y[3], 0.11);
        Assert.True(y[0] > y[2] + 50);
    }

    [Fact]
    public void ThousandsOfLinesMakeAPageThatAPhoneCanLoad()
    {
        TrainingRecord[] records = [.. Enumerable.Range(1, 5000).Select(i => Logs.Line(i, Logs.Quality(60 + Math.Sin(i))))];
        Assert.InRange(TrainingReport.Render(s_contents with { Records = records, Pictures = [] }).Length, 1, 1_500_000);
    }

    private static string WithoutData(string page) => Regex.Replace(page, "base64,[A-Za-z0-9+/=]*", "");

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
