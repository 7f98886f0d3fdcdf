using System.Numerics.Tensors;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Measures;

/// <summary>
/// Whether a generator hands out what it was shown: nearest neighbours among the training pictures, by the pixels of 16x16
/// copies, mirrored ones too. A copy is much nearer to one training picture than to the next ones (Carlini et al. 2023, with
/// the threshold of Yoon et al. 2023); dark or plain pictures, which are near to many, are none. Distances between training
/// pictures are measured once. One thread at a time.
/// </summary>
public sealed class Memorisation
{
    /// <summary>A generated picture with a <see cref="Neighbour.Ratio"/> below this is a copy.</summary>
    public const double CopyRatio = 1.0 / 3;

    // Training pictures whose neighbours among all of them are looked for; more say nothing new about the median.
    private const int MostMeasured = 2000, NextNearest = 10, RowsAtOnce = 256;
    private readonly FeatureTable _training;
    private readonly double _median;

    /// <summary>Measures the training pictures.</summary>
    /// <param name="training">All of them.</param>
    public Memorisation(TrainingSet training)
    {
        _training = Thumbnails.Of(training);
        FeatureTable some = _training.Sample(MostMeasured, out int[] indices), mirrored = Thumbnails.Of(training, mirror: true).Sample(MostMeasured, out _);
        _median = _training.Count < 2 ? double.NaN : Median([.. Find(some, mirrored, indices).Select(found => found.Distance)]);
    }

    /// <summary>Measures generated pictures.</summary>
    /// <param name="generated">Of the training pictures' size; at least one.</param>
    public MemorisationResult Measure(PictureStack generated) => Measure(Thumbnails.Of(generated), Thumbnails.Of(generated, mirror: true));

    internal MemorisationResult Measure(FeatureTable generated, FeatureTable mirrored)
    {
        Found[] found = Find(generated, mirrored, null);
        Neighbour[] pairs = [.. found.Select((f, i) => new Neighbour(i, f.Index, f.IsMirrored, f.Distance / f.Next))];
        Array.Sort(pairs, (a, b) => a.Ratio.CompareTo(b.Ratio) is var order and not 0 ? order : a.Generated.CompareTo(b.Generated));
        return new MemorisationResult(Median([.. found.Select(f => f.Distance)]) / _median, pairs.Count(pair => pair.Ratio < CopyRatio) / (double)pairs.Length, pairs);
    }

    // Of each point, as it is or mirrored, the nearest training picture; itself left out where it is one.
    private Found[] Find(FeatureTable points, FeatureTable mirrored, int[]? selves)
    {
        var found = new Found[points.Count];
        int among = _training.Count, rowsAtOnce = Math.Min(RowsAtOnce, points.Count);
        var straight = new float[rowsAtOnce * among];
        for (int first = 0; first < points.Count; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, points.Count - first), start = first;
            points.Slice(first, count).SquaredDistances(_training, (index, row) => row.CopyTo(straight.AsSpan(index * among)));
            mirrored.Slice(first, count).SquaredDistances(_training, (index, row) =>
            {
                Span<float> squared = straight.AsSpan(index * among, among);
                if (selves is not null)
                    squared[selves[start + index]] = row[selves[start + index]] = float.PositiveInfinity;
                int nearest = TensorPrimitives.IndexOfMin<float>(squared), turned = TensorPrimitives.IndexOfMin<float>(row);
                bool isMirrored = row[turned] < squared[nearest];
                nearest = isMirrored ? turned : nearest;
                double distance = TensorPrimitives.Distance((isMirrored ? mirrored : points)[start + index], _training[nearest]);
                TensorPrimitives.Min(squared, row, squared);
                found[start + index] = new Found(nearest, isMirrored, distance, Next(squared));
            });
        }
        return found;
    }

    // The median distance of the next nearest; that of training pictures from their nearest where there are none.
    private double Next(Span<float> squared)
    {
        squared.Sort();
        int count = Math.Min(NextNearest, squared.Length - 1);
        return count < 1 ? _median : (Math.Sqrt(squared[(count + 1) / 2]) + Math.Sqrt(squared[count / 2 + 1])) / 2;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private readonly record struct Found(int Index, bool IsMirrored, double Distance, double Next);
}
