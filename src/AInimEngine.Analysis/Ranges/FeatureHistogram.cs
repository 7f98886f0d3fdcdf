namespace AInimEngine.Analysis.Ranges;

/// <summary>
/// Weighted counts of a value between two bounds: percentiles of a whole track in the memory of one second of it.
/// Values beyond the bounds count at the bound.
/// </summary>
internal sealed class FeatureHistogram(float min, float max)
{
    private const int Bins = 2048;
    private readonly double[] _weights = new double[Bins];
    private double _total;

    /// <summary>Counts a value.</summary>
    internal void Add(float value, double weight = 1)
    {
        int bin = (int)Math.Clamp((value - min) / (max - min) * Bins, 0, Bins - 1);
        _weights[bin] += weight;
        _total += weight;
    }

    /// <summary>Whether nothing was counted.</summary>
    internal bool IsEmpty => _total <= 0;

    /// <summary>The value below which this share (0..1) of the weight lies, interpolated in its bin; the lower bound when empty.</summary>
    internal float Percentile(double share)
    {
        if (IsEmpty)
            return min;
        double wanted = share * _total, below = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            double weight = _weights[bin];
            if (weight > 0 && below + weight >= wanted)
                return (float)(min + (bin + (wanted - below) / weight) * (max - min) / Bins);
            below += weight;
        }
        return max;
    }

    /// <summary>Mean of what <paramref name="of"/> makes of the values that are not below <paramref name="from"/>.</summary>
    internal double Mean(Func<double, double> of, double from)
    {
        double sum = 0, total = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            double value = min + (bin + 0.5) * (max - min) / Bins;
            if (value < from)
                continue;
            sum += of(value) * _weights[bin];
            total += _weights[bin];
        }
        return total > 0 ? sum / total : 0;
    }
}
