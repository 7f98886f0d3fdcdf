using System.Globalization;
using System.Net;
using System.Text;

namespace AInimEngine.Training.Reports;

/// <summary>Curves as inline SVG: axes, a legend, a hint on every point, colours from the page's style.</summary>
internal sealed record LineChart(string Title, string Note, IReadOnlyList<ChartSeries> Series)
{
    private const int Width = 480, Height = 250, Left = 46, Right = 12, Top = 10, Bottom = 30, MostPoints = 400;

    /// <summary>Levels drawn across.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>X of the snapshot that is kept; NaN for none.</summary>
    public double BestX { get; init; } = double.NaN;

    /// <summary>Whether the y axis begins at 0.</summary>
    public bool FromZero { get; init; } = true;

    /// <summary>Whether the y axis goes by ratios; what is not above 0 is drawn at its foot.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether there is anything to draw.</summary>
    public bool HasPoints => Series.Any(series => series.Points.Any(point => double.IsFinite(point.Y)));

    /// <summary>Writes the chart as an HTML figure.</summary>
    public void Write(StringBuilder html)
    {
        (double least, double most) = Range();
        double lastX = Math.Max(1e-9, Series.SelectMany(series => series.Points).Select(point => point.X).DefaultIfEmpty(1).Max());
        double[] yTicks = IsLogarithmic ? LogarithmicTicks(least, most) : Ticks(least, most, 5), xTicks = Ticks(0, lastX, 6);
        (least, most) = (Math.Min(least, yTicks[0]), Math.Max(most, yTicks[^1]));
        double Share(double y) => IsLogarithmic ? Math.Log(Math.Clamp(y, least, most) / least) / Math.Log(most / least) : (y - least) / (most - least);
        double X(double x) => Left + x / lastX * (Width - Left - Right);
        double Y(double y) => Height - Bottom - Share(y) * (Height - Top - Bottom);

        html.Append("<figure><figcaption>").Append(WebUtility.HtmlEncode(Title)).Append("</figcaption>\n");
        Append(html, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Title)}\">\n");
        foreach (double tick in yTicks)
            Append(html, $"<path class=\"grid\" d=\"M{Left} {Y(tick):0.#}H{Width - Right}\"/><text class=\"tick\" x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{Label(tick)}</text>\n");
        foreach (double tick in xTicks.Where(tick => tick <= lastX))
            Append(html, $"<text class=\"tick\" x=\"{X(tick):0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{Label(tick)}</text>\n");
        Append(html, $"<path class=\"axis\" d=\"M{Left} {Height - Bottom}H{Width - Right}\"/>\n");
        foreach (ChartMark mark in Marks.Where(mark => mark.Value >= least && mark.Value <= most))
            Append(html, $"<path class=\"mark\" d=\"M{Left} {Y(mark.Value):0.#}H{Width - Right}\"/><text class=\"tick\" x=\"{Left + 4}\" y=\"{(Y(mark.Value) < Top + 14 ? Y(mark.Value) + 13 : Y(mark.Value) - 4):0.#}\">{WebUtility.HtmlEncode(mark.Name)}</text>\n");
        if (double.IsFinite(BestX))
            Append(html, $"<path class=\"best\" d=\"M{X(BestX):0.#} {Top}V{Height - Bottom}\"/>\n");
        foreach (ChartSeries series in Series)
            Write(html, series, X, Y);
        html.Append("</svg>\n<p class=\"legend\">");
        foreach (ChartSeries series in Series.Where(series => series.Points.Any(point => double.IsFinite(point.Y))))
            Append(html, $"<span><i class=\"k{series.Color}{(series.IsFaint ? " faint" : "")}\"></i>{WebUtility.HtmlEncode(series.Name)} {Label(series.Points.Last(point => double.IsFinite(point.Y)).Y)}</span> ");
        html.Append("</p>\n<p class=\"note\">").Append(WebUtility.HtmlEncode(Note)).Append("</p></figure>\n");
    }

    /// <summary>Round numbers from at most <paramref name="least"/> to at least <paramref name="most"/>, about so many.</summary>
    internal static double[] Ticks(double least, double most, int about)
    {
        double raw = Math.Max(most - least, 1e-12) / about, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
        long first = (long)Math.Floor(least / step + 1e-9), last = (long)Math.Ceiling(most / step - 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>Numbers that begin with 1, 2 or 5, from at most <paramref name="least"/> to at least <paramref name="most"/>; both above 0.</summary>
    internal static double[] LogarithmicTicks(double least, double most)
    {
        double[] all = [.. Enumerable.Range((int)Math.Floor(Math.Log10(least)), (int)(Math.Log10(most) - Math.Log10(least)) + 3).SelectMany(power => (double[])[Math.Pow(10, power), 2 * Math.Pow(10, power), 5 * Math.Pow(10, power)])];
        return [all.Last(tick => tick <= least), .. all.Where(tick => tick > least && tick < most), all.First(tick => tick >= most)];
    }

    /// <summary>A number with as many digits as say something.</summary>
    internal static string Label(double value) => Math.Abs(value) switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.#}M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#}k"),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 0.01 or 0 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0e0", CultureInfo.InvariantCulture),
    };

    private static void Write(StringBuilder html, ChartSeries series, Func<double, double> toX, Func<double, double> toY)
    {
        int stride = (series.Points.Count + MostPoints - 1) / MostPoints;
        (double X, double Y)[] points = [.. series.Points.Where((_, i) => i % stride == 0 || i == series.Points.Count - 1)];
        var path = new StringBuilder();
        bool isBroken = true;
        foreach ((double x, double y) in points)
        {
            if (double.IsFinite(y))
                Append(path, $"{(isBroken ? 'M' : 'L')}{toX(x):0.#} {toY(y):0.#}");
            isBroken = !double.IsFinite(y);
        }
        string kind = $"c{series.Color}{(series.IsFaint ? " faint" : "")}";
        Append(html, $"<path class=\"curve {kind}\" d=\"{path}\"/>\n");
        if (series.IsFaint)
            return;
        foreach ((double x, double y) in points.Where(point => double.IsFinite(point.Y)))
            Append(html, $"<circle class=\"{kind}\" cx=\"{toX(x):0.#}\" cy=\"{toY(y):0.#}\" r=\"{(points.Length > 60 ? 1 : 2.2)}\"><title>{WebUtility.HtmlEncode(series.Name)} {Label(y)} at {Label(x)}</title></circle>");
        html.Append('\n');
    }

    private (double Least, double Most) Range()
    {
        double[] values = [.. Series.SelectMany(series => series.Points).Select(point => point.Y).Concat(Marks.Select(mark => mark.Value)).Where(y => double.IsFinite(y) && (!IsLogarithmic || y > 0))];
        double least = values.DefaultIfEmpty(0).Min(), most = values.DefaultIfEmpty(1).Max();
        if (IsLogarithmic)
            return values.Length == 0 ? (1, 10) : (least, Math.Max(most, 2 * least));
        if (FromZero)
            (least, most) = (Math.Min(0, least), Math.Max(0, most));
        return most - least > 1e-9 * Math.Max(1, Math.Abs(most)) ? (least, most) : (least, least + 1);
    }

    private static void Append(StringBuilder html, FormattableString text) => html.Append(text.ToString(CultureInfo.InvariantCulture));
}
