using System.Numerics.Tensors;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Measures;

/// <summary>
/// Whether a generator hands out what it was shown: nearest neighbours among the training pictures, by the pixels of 32x32
/// copies, mirrored ones too (generators.md, section 5; the share of copies as in "authenticity" of Alaa et al. 2022).
/// Distances between training pictures are measured once. One thread at a time.
/// </summary>
public sealed class Memorisation
{
    /// <summary>A generated picture nearer to a training picture than this share of that one's distance to its neighbour is a copy of it.</summary>
    public const double CopyRatio = 1.0 / 3;

    // Training pictures whose neighbours among all of them are looked for; more say nothing new about the median.
    private const int MostMeasured = 2000;
    private readonly FeatureTable _training;
    private readonly double[] _apart;
    private readonly double _median;

    /// <summary>Measures the training pictures.</summary>
    /// <param name="training">All of them.</param>
    public Memorisation(TrainingSet training)
        : this(Thumbnails.Of(training), Thumbnails.Of(training, mirror: true))
    {
    }

    internal Memorisation(FeatureTable training, FeatureTable mirrored)
    {
        _training = training;
        FeatureTable some = training.Sample(MostMeasured, out int[] indices), someMirrored = mirrored.Sample(MostMeasured, out _);
        (int Index, bool Mirrored, double Distance)[] nearest = FindNearest(some, someMirrored, training, indices);
        double[] measured = [.. nearest.Select(n => n.Distance)];
        _median = training.Count < 2 ? double.NaN : Median(measured);
        _apart = new double[training.Count];
        Array.Fill(_apart, _median);
        for (int i = 0; i < indices.Length; i++)
            _apart[indices[i]] = measured[i];
    }

    /// <summary>Measures generated pictures.</summary>
    /// <param name="generated">Of the training pictures' size; at least one.</param>
    public MemorisationResult Measure(PictureStack generated) => Measure(Thumbnails.Of(generated), Thumbnails.Of(generated, mirror: true));

    internal MemorisationResult Measure(FeatureTable generated, FeatureTable mirrored)
    {
        (int Index, bool Mirrored, double Distance)[] nearest = FindNearest(generated, mirrored, _training, null);
        // Training pictures that are there twice are no distance apart: their neighbours are measured by the median.
        Neighbour[] pairs = [.. nearest.Select((n, i) => new Neighbour(i, n.Index, n.Mirrored, n.Distance / (_apart[n.Index] > 0.1 * _median ? _apart[n.Index] : _median)))];
        Array.Sort(pairs, (a, b) => a.Ratio.CompareTo(b.Ratio) is var order && order != 0 ? order : a.Generated.CompareTo(b.Generated));
        return new MemorisationResult(
            Median([.. nearest.Select(n => n.Distance)]) / _median,
            pairs.Count(pair => pair.Ratio < CopyRatio) / (double)pairs.Length,
            pairs);
    }

    // Of each point, as it is or mirrored, the nearest in the other table; itself left out where it is known to be there.
    private static (int Index, bool Mirrored, double Distance)[] FindNearest(FeatureTable points, FeatureTable mirrored, FeatureTable among, int[]? selves)
    {
        var squared = new float[points.Count];
        var nearest = new (int Index, bool Mirrored, double Distance)[points.Count];
        Array.Fill(squared, float.PositiveInfinity);
        foreach (bool isMirrored in (ReadOnlySpan<bool>)[false, true])
        {
            (isMirrored ? mirrored : points).SquaredDistances(among, (index, row) =>
            {
                if (selves is not null)
                    row[selves[index]] = float.PositiveInfinity;
                int least = TensorPrimitives.IndexOfMin<float>(row);
                if (!(row[least] < squared[index]))
                    return;
                squared[index] = row[least];
                nearest[index] = (least, isMirrored, FeatureTable.Distance((isMirrored ? mirrored : points)[index], among[least]));
            });
        }
        return nearest;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
