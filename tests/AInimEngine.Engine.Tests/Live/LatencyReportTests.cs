using System.Globalization;
using AInimEngine.Engine.Live.Latency;

namespace AInimEngine.Engine.Tests.Live;

public sealed class LatencyReportTests
{
    [Fact]
    public void ClicksThatNothingAnsweredCountAsLongerThanAny()
    {
        // 94 of 100 took 1 to 94 ms, 6 were never answered: the 95th of a hundred is one of those.
        ClickTimes[] clicks = [.. Enumerable.Range(1, 94).Select(ms => new ClickTimes(ms, 0, 0, 0, double.NaN))];
        var report = new LatencyReport(100, clicks, "SDL", 0, 3);
        Assert.Equal(50, report.TotalQuantile(0.5));
        Assert.Equal(94, report.TotalQuantile(0.94));
        Assert.Equal(double.PositiveInfinity, report.TotalQuantile(0.95));
        Assert.Equal(90, report.Quantile(click => click.Capture, 0.95));
        Assert.Equal(double.NaN, report.Quantile(click => click.Generator, 0.5));
        using var said = new StringWriter(CultureInfo.InvariantCulture);
        report.Write(said);
        string row = said.ToString().Split('\n').Single(line => line.StartsWith("sound due to picture", StringComparison.Ordinal));
        Assert.Equal(["50.0", "-", "1.0", "-"], row[36..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
