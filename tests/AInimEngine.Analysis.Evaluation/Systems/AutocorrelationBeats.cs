namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>
/// What any tracker must beat: one tempo for the whole track from the autocorrelation of the rise in level, weighted
/// towards 120 beats a minute, and the phase at which the rises add up to most.
/// </summary>
internal static class AutocorrelationBeats
{
    private const int Rate = 200, Step = Hop.SampleRate / Rate;

    internal static double[] Find(float[] stereo)
    {
        double[] rises = Rises(stereo);
        if (rises.Length < 4 * Rate)
            return [];
        double best = 0, period = 0;
        for (double lag = Rate * 60 / 220.0; lag <= Rate * 60 / 50.0; lag += 0.1)
        {
            double octaves = Math.Log2(60 * Rate / lag / 120);
            double score = Math.Exp(-0.5 * octaves * octaves) * Correlation(rises, lag);
            if (score > best)
                (best, period) = (score, lag);
        }
        if (period == 0)
            return [];
        double phase = Enumerable.Range(0, (int)period).MaxBy(start => Comb(rises, start, period));
        var beats = new List<double>();
        for (double at = phase; at < rises.Length; at += period)
            beats.Add(at / Rate);
        return [.. beats];
    }

    private static double[] Rises(float[] stereo)
    {
        var rises = new double[stereo.Length / 2 / Step];
        double last = 0;
        for (int i = 0; i < rises.Length; i++)
        {
            double square = 0;
            foreach (float sample in stereo.AsSpan(2 * i * Step, 2 * Step))
                square += sample * sample;
            double level = Math.Log(1e-5 + square / (2 * Step));
            rises[i] = i == 0 ? 0 : Math.Max(0, level - last);
            last = level;
        }
        return rises;
    }

    /// <summary>Over one, two and four periods: a wrong one misses sooner.</summary>
    private static double Correlation(double[] rises, double lag)
    {
        double sum = 0;
        foreach (int times in (ReadOnlySpan<int>)[1, 2, 4])
        {
            int shift = (int)Math.Round(times * lag);
            for (int i = shift; i < rises.Length; i++)
                sum += rises[i] * rises[i - shift] / (rises.Length - shift);
        }
        return sum;
    }

    private static double Comb(double[] rises, double start, double period)
    {
        double sum = 0;
        for (double at = start; at < rises.Length; at += period)
            sum += rises[(int)at];
        return sum;
    }
}
