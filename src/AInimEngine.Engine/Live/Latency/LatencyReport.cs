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
    /// <summary>A quantile over the clicks, ms; NaN where there are none.</summary>
    /// <param name="of">What of a click.</param>
    /// <param name="share">0..1.</param>
    public double Quantile(Func<ClickTimes, double> of, double share)
    {
        double[] values = [.. Clicks.Select(of).Where(double.IsFinite).Order()];
        return values.Length == 0 ? double.NaN : values[Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1)];
    }

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Clicks.Count} of {Played} clicks answered; the output's time is {Timing}'s; pictures change by up to {Noise:0.0} of 255 by themselves; over {Threshold:0.0} is an answer"));
        output.WriteLine($"{"ms",-36} {"median",8} {"p95",8} {"least",8} {"most",8}");
        Row("sound due to picture changed", click => click.Total);
        Row("  capture", click => click.Capture);
        Row("  analysis", click => click.Analysis);
        Row("  waiting for the frame", click => click.Waiting);
        Row("  drawing and showing", click => click.Drawing);
        Row("sound due to the generator's answer", click => click.Generator);
        if (Clicks.Count < Played)
            output.WriteLine($"{Played - Clicks.Count} clicks were not answered: is the input the one that hears the output, and loud enough ('ainim devices --listen')?");

        void Row(string name, Func<ClickTimes, double> of) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-36} {Quantile(of, 0.5),8:0.0} {Quantile(of, 0.95),8:0.0} {Quantile(of, 0),8:0.0} {Quantile(of, 1),8:0.0}"));
    }
}
