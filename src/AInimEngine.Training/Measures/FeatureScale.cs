namespace AInimEngine.Training.Measures;

/// <summary>Puts features on one footing: minus the reference's mean, over its deviation, dimension by dimension.</summary>
internal sealed class FeatureScale
{
    private readonly float[] _mean, _scale;

    /// <summary>Learns from a reference of at least one point.</summary>
    public FeatureScale(FeatureTable reference)
    {
        _mean = new float[reference.Length];
        _scale = new float[reference.Length];
        for (int d = 0; d < reference.Length; d++)
        {
            double sum = 0, squares = 0;
            for (int i = 0; i < reference.Count; i++)
                sum += reference[i][d];
            double mean = sum / reference.Count;
            for (int i = 0; i < reference.Count; i++)
                squares += (reference[i][d] - mean) * (reference[i][d] - mean);
            _mean[d] = (float)mean;
            _scale[d] = squares > 1e-12 ? (float)(1 / Math.Sqrt(squares / reference.Count)) : 0;
        }
    }

    /// <summary>Scales a table in place.</summary>
    /// <returns>The same table.</returns>
    public FeatureTable Apply(FeatureTable table)
    {
        for (int i = 0; i < table.Count; i++)
        {
            Span<float> point = table[i];
            for (int d = 0; d < point.Length; d++)
                point[d] = (point[d] - _mean[d]) * _scale[d];
        }
        return table;
    }
}
