using AInimEngine.DemoTrack.Mixing;
using AInimEngine.DemoTrack.Synthesis;

namespace AInimEngine.DemoTrack.Output;

/// <summary>Listening with numbers: level and balance of bands for each bar.</summary>
public static class Report
{
    private static readonly double[] _octaves = [31.5, 63, 125, 250, 500, 1000, 2000, 4000, 8000, 16000];

    /// <summary>Writes the report.</summary>
    public static void Write(TextWriter writer, Track track)
    {
        Bus bus = track.Mix;
        writer.WriteLine("rms, dB   " + string.Concat(Song.Sections.Select(part => $"{part.Name,8}")));
        foreach (StemLevel stem in track.Levels)
            writer.WriteLine($"{stem.Name,-10}" + string.Concat(stem.Rms.Select(rms => $"{Decibels(rms * rms),8:0.0}")));
        float[][] bands = [.. _octaves.Select(centre => Band(bus, centre))];
        writer.WriteLine("bar      rms  peak crest  width | octave bands, dB:" + string.Concat(_octaves.Select(f => $"{f,7:0}")));
        for (int bar = 0; bar < Song.Bars + 2; bar++)
            WriteLine(writer, $"{bar,3}", bus, bands, Song.At(bar), Math.Min(Song.At(bar + 1), Song.Samples));
        WriteLine(writer, "all", bus, bands, 0, Song.Samples);
        writer.WriteLine($"DC {bus.Left.Average(v => (double)v):e1} {bus.Right.Average(v => (double)v):e1}; first {bus.Left[0]:e1}, last {bus.Left[^1]:e1}");
    }

    private static void WriteLine(TextWriter writer, string name, Bus bus, float[][] bands, int start, int end)
    {
        if (end <= start)
            return;
        double power = 0, peak = 0, side = 0;
        for (int i = start; i < end; i++)
        {
            double left = bus.Left[i], right = bus.Right[i];
            power += 0.5 * (left * left + right * right);
            side += 0.25 * (left - right) * (left - right);
            peak = Math.Max(peak, Math.Max(Math.Abs(left), Math.Abs(right)));
        }
        int count = end - start;
        writer.Write($"{name}  {Decibels(power / count),7:0.0}{10 * Math.Log10(peak * peak + 1e-20),6:0.0}{10 * Math.Log10(peak * peak / (power / count + 1e-20) + 1e-20),6:0.0}{Decibels(side / (power + 1e-20)),7:0.0} |                   ");
        foreach (float[] band in bands)
        {
            double sum = 0;
            for (int i = start; i < end; i++)
                sum += band[i] * (double)band[i];
            writer.Write($"{Decibels(sum / count),7:0.0}");
        }
        writer.WriteLine();
    }

    private static double Decibels(double power) => 10 * Math.Log10(power + 1e-12);

    // An octave of left plus right: two band-passes in a row.
    private static float[] Band(Bus bus, double centre)
    {
        var band = new float[Song.Samples];
        Svf first = default, second = default;
        first.Set(centre * 0.84, 1.6);
        second.Set(centre * 1.19, 1.6);
        for (int i = 0; i < Song.Samples; i++)
        {
            first.Process(0.5 * (bus.Left[i] + bus.Right[i]));
            second.Process(first.Band);
            band[i] = (float)second.Band;
        }
        return band;
    }
}
