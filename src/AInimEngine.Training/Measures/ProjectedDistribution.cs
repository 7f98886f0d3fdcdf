using System.Numerics.Tensors;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural;
using Tensor = AInimEngine.Neural.Tensor;

namespace AInimEngine.Training.Measures;

/// <summary>
/// Points of a space projected onto random directions, the distribution along each kept as counts in fixed bins: two sets
/// of any sizes can be compared without sorting, and a reference set is projected only once. Bins are 0.001 wide at 0 and
/// grow with the distance from it (8 bits of mantissa of |x| + 1/4, up to |x| = 64). Immutable, unless its memory is reused.
/// </summary>
internal sealed class ProjectedDistribution
{
    private const int BinsPerOctave = 256, MantissaShift = 15, Side = 8 * BinsPerOctave, Bins = 2 * Side;
    private const int DirectionsAtOnce = 64;
    private const float Offset = 0.25f;
    private static readonly int s_first = BitConverter.SingleToInt32Bits(Offset) >> MantissaShift;
    private static readonly double[] s_widths = EdgeWidths();

    // [directions, Bins]: how many points lie below the upper edge of each bin.
    private readonly int[] _below;
    private readonly int _count, _directions;

    private ProjectedDistribution(int[] below, int count, int directions)
    {
        _below = below;
        _count = count;
        _directions = directions;
    }

    /// <summary>Memory that a distribution takes.</summary>
    /// <param name="directions">Along how many directions.</param>
    public static int[] Reserve(int directions) => new int[directions * Bins];

    /// <summary>Unit directions, uniform on the sphere.</summary>
    /// <param name="count">How many.</param>
    /// <param name="length">Dimensions of the space.</param>
    /// <param name="seed">Which.</param>
    /// <returns>[count, length].</returns>
    public static float[] Directions(int count, int length, ulong seed)
    {
        var directions = new float[count * length];
        for (int i = 0; i < count; i++)
        {
            Span<float> direction = directions.AsSpan(i * length, length);
            Philox.Normal(seed, (ulong)i, direction);
            TensorPrimitives.Divide(direction, TensorPrimitives.Norm<float>(direction), direction);
        }
        return directions;
    }

    /// <summary>Projects points.</summary>
    /// <param name="points">[N, length], of the order of 1.</param>
    /// <param name="directions">[count, length].</param>
    /// <param name="length">Dimensions of the space.</param>
    /// <param name="memory">What it is kept in, if it is long enough: the one before in the same memory is lost.</param>
    public static ProjectedDistribution Of(Memory<float> points, float[] directions, int length, int[]? memory = null)
    {
        int count = points.Length / length, directionCount = directions.Length / length;
        int[] below = memory?.Length >= directionCount * Bins ? memory : new int[directionCount * Bins];
        Array.Clear(below);
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor transposed = Tensor.Borrow(points, count, length).T(), all = Tensor.Borrow<float>(directions, directionCount, length);
        for (int first = 0; first < directionCount; first += DirectionsAtOnce)
        {
            using var inner = new TensorScope();
            int several = Math.Min(DirectionsAtOnce, directionCount - first);
            Span<float> projected = all.Narrow(0, first, several).Mm(transposed).Data<float>();
            for (int i = 0; i < several; i++)
                Count(projected.Slice(i * count, count), below.AsSpan((first + i) * Bins, Bins));
        }
        return new ProjectedDistribution(below, count, directionCount);
    }

    /// <summary>
    /// The Wasserstein-1 distance along each direction, averaged: the mean over directions of the integral of |F - G|, which
    /// for sets of one size is the mean of |sorted a - sorted b|.
    /// </summary>
    /// <param name="other">Of the same directions.</param>
    public double DistanceTo(ProjectedDistribution other)
    {
        if (other._directions != _directions)
            throw new ArgumentException($"{other._directions} directions do not compare with {_directions}", nameof(other));
        double sum = 0;
        for (int direction = 0; direction < _directions; direction++)
        {
            ReadOnlySpan<int> mine = _below.AsSpan(direction * Bins, Bins), theirs = other._below.AsSpan(direction * Bins, Bins);
            double scale = 1.0 / _count, otherScale = 1.0 / other._count;
            for (int i = 0; i < Bins - 1; i++)
                sum += Math.Abs(mine[i] * scale - theirs[i] * otherScale) * s_widths[i];
        }
        return sum / _directions;
    }

    private static void Count(ReadOnlySpan<float> values, Span<int> below)
    {
        foreach (float value in values)
        {
            int i = Math.Min((BitConverter.SingleToInt32Bits(Math.Abs(value) + Offset) >> MantissaShift) - s_first, Side - 1);
            below[value < 0 ? Side - 1 - i : Side + i]++;
        }
        for (int i = 1; i < below.Length; i++)
            below[i] += below[i - 1];
    }

    // Weight of the upper edge of each bin in the trapezium rule.
    private static double[] EdgeWidths()
    {
        var edges = new double[Bins + 1];
        for (int i = 0; i <= Side; i++)
        {
            double distance = BitConverter.Int32BitsToSingle((s_first + i) << MantissaShift) - Offset;
            edges[Side + i] = distance;
            edges[Side - i] = -distance;
        }
        return [.. Enumerable.Range(0, Bins - 1).Select(i => (edges[i + 2] - edges[i]) / 2)];
    }
}
