using System.Numerics.Tensors;
using AInimEngine.Neural;
using Tensor = AInimEngine.Neural.Tensor;

namespace AInimEngine.Training.Measures;

/// <summary>Points of a small space, one for each picture, and the Euclidean distances of their pairs.</summary>
/// <param name="values">[N, length].</param>
/// <param name="length">Dimensions.</param>
internal sealed class FeatureTable(Memory<float> values, int length)
{
    private const int RowsAtOnce = 512;

    /// <summary>How many points.</summary>
    public int Count { get; } = values.Length / length;

    /// <summary>Dimensions.</summary>
    public int Length => length;

    /// <summary>A point.</summary>
    public Span<float> this[int index] => values.Span.Slice(index * length, length);

    /// <summary>The values, [N, length].</summary>
    public Memory<float> Values => values;

    /// <summary>Some of the points, evenly spread.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="indices">Which they are.</param>
    public FeatureTable Sample(int most, out int[] indices)
    {
        int count = Math.Min(Count, most);
        indices = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * Count / count))];
        if (count == Count)
            return this;
        var chosen = new float[count * length];
        for (int i = 0; i < count; i++)
            this[indices[i]].CopyTo(chosen.AsSpan(i * length, length));
        return new FeatureTable(chosen, length);
    }

    /// <summary>Points that follow one another, in the same memory.</summary>
    public FeatureTable Slice(int first, int count) => new(values.Slice(first * length, count * length), length);

    /// <summary>Squared distances to all points of another table, some rows at a time.</summary>
    /// <param name="other">Of the same space.</param>
    /// <param name="visit">Gets the index of a point of this table and its squared distances, which it may write over.</param>
    public void SquaredDistances(FeatureTable other, RowVisitor visit)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor mine = Tensor.Borrow(values, Count, length), theirs = Tensor.Borrow(other.Values, other.Count, length);
        Tensor norms = theirs.Square().Sum([1]).Unsqueeze(0), transposed = theirs.T();
        for (int first = 0; first < Count; first += RowsAtOnce)
        {
            using var inner = new TensorScope();
            Tensor rows = mine.Narrow(0, first, Math.Min(RowsAtOnce, Count - first));
            Tensor squared = norms.Add(rows.Square().Sum([1], keepdim: true)).Addmm(rows, transposed, alpha: -2).Clamp_(0, null);
            Span<float> all = squared.Data<float>();
            for (int i = 0; i < all.Length / other.Count; i++)
                visit(first + i, all.Slice(i * other.Count, other.Count));
        }
    }

    /// <summary>The mean distance of different points; NaN for fewer than two.</summary>
    public double MeanPairDistance()
    {
        double sum = 0;
        SquaredDistances(this, (index, row) =>
        {
            row[index] = 0;
            TensorPrimitives.Sqrt(row, row);
            sum += TensorPrimitives.Sum<float>(row);
        });
        return sum / ((double)Count * (Count - 1));
    }

    /// <summary>Root of the mean over dimensions of the variance over points.</summary>
    public double Deviation()
    {
        var mean = new double[length];
        for (int i = 0; i < Count; i++)
            for (int d = 0; d < length; d++)
                mean[d] += this[i][d] / (double)Count;
        double squares = 0;
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> point = this[i];
            for (int d = 0; d < length; d++)
                squares += (point[d] - mean[d]) * (point[d] - mean[d]);
        }
        return Math.Sqrt(squares / ((double)Count * length));
    }

    /// <summary>Sees a row of a matrix.</summary>
    /// <param name="index">Which.</param>
    /// <param name="row">Its elements.</param>
    public delegate void RowVisitor(int index, Span<float> row);
}
