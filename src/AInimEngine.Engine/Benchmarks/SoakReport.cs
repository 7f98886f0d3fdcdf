using System.Globalization;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>How a show bore what was done to it.</summary>
/// <param name="Samples">Memory, each at the same place of the round of presets.</param>
/// <param name="Frames">Frames shown after the warm-up.</param>
/// <param name="LongestMs">The longest time from one frame to the next after the warm-up.</param>
/// <param name="IdleMs">The same of a loop beside it that only waits.</param>
/// <param name="Changes">Changes of preset that were asked for.</param>
/// <param name="Losses">How often the sound was taken away.</param>
/// <param name="Sent">OSC messages sent.</param>
/// <param name="Received">Those that arrived.</param>
/// <param name="Malformed">Those that were refused as malformed.</param>
/// <param name="Refusals">Broken edits that were seen and refused: presets that were written over with nonsense, and back.</param>
public sealed record SoakReport(
    IReadOnlyList<SoakSample> Samples, long Frames, double LongestMs, double IdleMs, int Changes, int Losses, long Sent, long Received, long Malformed, int Refusals)
{
    /// <summary>Growth of managed memory from the first third after the warm-up to the last, 0.02 for 2 %.</summary>
    public double ManagedGrowth => Growth(sample => sample.Managed);

    /// <summary>The same of the whole process.</summary>
    public double ResidentGrowth => Growth(sample => sample.Resident);

    /// <summary>The same of the workers together; NaN where there are none.</summary>
    public double WorkersGrowth => Samples.All(sample => sample.Workers > 0) ? Growth(sample => sample.WorkersResident) : double.NaN;

    /// <summary>Writes it down.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Frames} frames after the warm-up; longest {LongestMs:0} ms, of an idle loop {IdleMs:0} ms; {Changes} changes of preset, sound lost {Losses} times, {Refusals} broken edits refused"));
        output.WriteLine($"{Sent} OSC messages sent, {Received} received, {Malformed} malformed");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"growth: managed {Percent(ManagedGrowth):+0.0;-0.0;0.0} %, resident {Percent(ResidentGrowth):+0.0;-0.0;0.0} %, workers {Percent(WorkersGrowth):+0.0;-0.0;0.0} %"));
    }

    private static double Percent(double growth) => Math.Round(100 * growth, 1);

    // The first quarter is warm-up. Medians of thirds: a single sample may fall on a preset that is being loaded.
    private double Growth(Func<SoakSample, long> of)
    {
        SoakSample[] counted = [.. Samples.Skip(Samples.Count / 4)];
        int third = Math.Max(1, counted.Length / 3);
        if (counted.Length < 2)
            return double.NaN;
        return Median(counted[^third..], of) / Median(counted[..third], of) - 1;
    }

    private static double Median(SoakSample[] samples, Func<SoakSample, long> of)
    {
        long[] sorted = [.. samples.Select(of).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }
}
