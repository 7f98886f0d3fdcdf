namespace AInimEngine.Analysis.Beats;

/// <summary>The straight line through beats: time of beat n is <see cref="Start"/> + n x <see cref="Period"/>.</summary>
/// <param name="Start">Of beat 0.</param>
/// <param name="Period">Between beats, same unit.</param>
/// <param name="Numbers">Number of each beat on the grid.</param>
/// <param name="Residual">Median of the distances of the beats from the line.</param>
internal readonly record struct BeatGrid(double Start, double Period, int[] Numbers, double Residual)
{
    /// <summary>Fits by least squares, leaving out beats that lie far off a first fit.</summary>
    internal static BeatGrid Fit(ReadOnlySpan<double> beats)
    {
        var intervals = new double[beats.Length - 1];
        for (int i = 0; i < intervals.Length; i++)
            intervals[i] = beats[i + 1] - beats[i];
        Array.Sort(intervals);
        double period = intervals[intervals.Length / 2];

        // Each beat is numbered from the one before, so that a wrong first period does not add up over the track.
        var numbers = new int[beats.Length];
        for (int i = 1; i < numbers.Length; i++)
            numbers[i] = numbers[i - 1] + Math.Max(1, (int)Math.Round((beats[i] - beats[i - 1]) / period));
        (double start, period) = Line(beats, numbers, double.PositiveInfinity, 0, period);
        for (int round = 0; round < 4; round++)
        {
            double median = Median(beats, numbers, start, period);
            (start, period) = Line(beats, numbers, Math.Max(3 * median, period * 0.005), start, period);
        }
        return new BeatGrid(start, period, numbers, Median(beats, numbers, start, period));
    }

    private static double Median(ReadOnlySpan<double> beats, int[] numbers, double start, double period)
    {
        var residuals = new double[beats.Length];
        for (int i = 0; i < residuals.Length; i++)
            residuals[i] = Math.Abs(beats[i] - start - numbers[i] * period);
        Array.Sort(residuals);
        return residuals[residuals.Length / 2];
    }

    private static (double Start, double Period) Line(
        ReadOnlySpan<double> beats, int[] numbers, double farthest, double start, double period)
    {
        double n = 0, sumX = 0, sumY = 0, sumXx = 0, sumXy = 0, origin = beats[0];
        for (int i = 0; i < beats.Length; i++)
        {
            double x = numbers[i], y = beats[i] - origin;
            if (Math.Abs(beats[i] - start - x * period) > farthest)
                continue;
            n++;
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        double spread = n * sumXx - sumX * sumX;
        if (n < 4 || spread <= 0)
            return (start == 0 ? origin : start, period);
        double slope = (n * sumXy - sumX * sumY) / spread;
        return (origin + (sumY - slope * sumX) / n, slope);
    }
}
