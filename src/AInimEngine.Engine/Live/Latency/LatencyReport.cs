using System.Globalization;

namespace AInimEngine.Engine.Live.Latency;

/// <summary>How long sound takes to the screen.</summary>
/// <param name="Played">Clicks that were due.</param>
/// <param name="Clicks">Those that were answered.</param>
/// <param name="Timing">Whose times of the output they are: "libpulse" or "SDL".</param>
/// <param name="Noise">What 99 of 100 pictures change by at most with no click near, of 255.</param>
/// <param name="Threshold">The change that counts as an answer, of 255.</param>
public sealed record LatencyReport(int Played, IReadOnlyList<ClickTimes> Clicks, string Timing, double Noise, double Threshold)
{
    /// <summary>Of the clicks that were not answered: those that did not come from the input.</summary>
    public int Unheard { get; init; }

    /// <summary>Of the clicks that were not answered: those that came and were no onset.</summary>
    public int Untold { get; init; }

    /// <summary>Of the clicks that were not answered: those whose onset changed no picture by enough.</summary>
    public int Unseen { get; init; }

    /// <summary>A quantile over the clicks that were answered, ms; NaN where there are none.</summary>
    /// <param name="of">What of a click.</param>
    /// <param name="share">0..1.</param>
    public double Quantile(Func<ClickTimes, double> of, double share) => Quantile([.. Clicks.Select(of).Where(double.IsFinite)], share);

    /// <summary>A quantile of the whole time over all clicks that were due, ms: those that nothing answered took longer than any, which is infinite.</summary>
    /// <param name="share">0..1.</param>
    public double TotalQuantile(double share) => Quantile([.. Clicks.Select(click => click.Total), .. Enumerable.Repeat(double.PositiveInfinity, Math.Max(0, Played - Clicks.Count))], share);

    private static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : values[Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1)];
    }

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Clicks.Count} of {Played} clicks answered; the output's time is {Timing}'s; pictures change by up to {Noise:0.0} of 255 by themselves; over {Threshold:0.0} is an answer"));
        output.WriteLine($"{"ms",-36} {"median",8} {"p95",8} {"least",8} {"most",8}");
        Line("sound due to picture changed", TotalQuantile);
        Row("  capture", click => click.Capture);
        Row("  analysis", click => click.Analysis);
        Row("  waiting for the frame", click => click.Waiting);
        Row("  drawing and showing", click => click.Drawing);
        Row("sound due to the generator's answer", click => click.Generator);
        if (Clicks.Count < Played)
            output.WriteLine($"{Played - Clicks.Count} clicks were not answered, which the first row counts as longer than any ('-'): {Unheard} did not come from the input, {Untold} were no onset, {Unseen} changed no picture enough. Is the input the one that hears the output, and loud enough ('ainim devices --listen')?");

        void Row(string name, Func<ClickTimes, double> of) => Line(name, share => Quantile(of, share));
        void Line(string name, Func<double, double> quantile) => output.WriteLine($"{name,-36} {Told(quantile(0.5)),8} {Told(quantile(0.95)),8} {Told(quantile(0)),8} {Told(quantile(1)),8}");
        static string Told(double ms) => double.IsFinite(ms) ? ms.ToString("0.0", CultureInfo.InvariantCulture) : "-";
    }
}
