using System.Numerics.Tensors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Mapping.Choreography;

/// <summary>
/// Points drawn once from a generator's prior: the waypoints of every path, the directions of pushes, and what the
/// generator's mean and typical radius are. The frame path never calls the generator for more, so that another thread
/// may be decoding. 128 points; with three groups that walk on their own, their combinations do not repeat in practice.
/// </summary>
internal sealed class LatentPool : IWaypoints
{
    public const int Count = 128;
    private const int Quarter = Count / 4;
    private const ulong SampleStream = 0x6C61_7465_6E74, WaypointStream = 0x7761_7970_6F69, DirectionStream = 0x6469_7265_6374;

    /// <summary>Waypoints lie within this many typical radii, so that a path alone never meets the limiter.</summary>
    public const float SoftRadius = 1.2f;

    private readonly ulong _seed;
    private readonly float[] _points;

    public LatentPool(LatentLayout layout, LatentSampler sample, double truncation, ulong seed)
    {
        Layout = layout;
        _seed = seed;
        int size = layout.Size;
        _points = new float[Count * size];
        Mean = new float[size];
        Radius = new float[layout.Layers];
        Change = [.. layout.ImageChangePerUnit];
        for (int i = 0; i < Count; i++)
            sample(Philox.Hash(seed, SampleStream, (ulong)i), _points.AsSpan(i * size, size));
        if (!TensorPrimitives.IsFiniteAll<float>(_points))
            throw new InvalidOperationException("the generator's prior holds values that are not finite");

        for (int i = 0; i < Count; i++)
            TensorPrimitives.Add(Mean, Point(i), Mean);
        TensorPrimitives.Multiply(Mean, 1f / Count, Mean);
        for (int i = 0; i < Count; i++)
            TensorPrimitives.Subtract(Point(i), Mean, PointSpan(i));
        for (int layer = 0; layer < layout.Layers; layer++)
            Radius[layer] = MeasureRadius(layer);
        for (int i = 0; i < Count; i++)
            Confine(PointSpan(i), (float)truncation);
    }

    public LatentLayout Layout { get; }

    /// <summary>[Layers, Width], the mean of the prior.</summary>
    public float[] Mean { get; }

    /// <summary>Per layer: root-mean-square distance of the prior from its mean.</summary>
    public float[] Radius { get; }

    /// <summary>Per layer: image change per unit step.</summary>
    public float[] Change { get; }

    /// <summary>A point relative to the mean, [Layers, Width].</summary>
    public ReadOnlySpan<float> Point(int index) => PointSpan(index);

    /// <summary>
    /// Which point is waypoint <paramref name="index"/> (of either sign) of a group's path. Four neighbours come from four
    /// different quarters of the pool, so that no two of them are the same.
    /// </summary>
    public int Waypoint(int group, long index)
    {
        uint draw = Philox.Block(_seed, WaypointStream + (ulong)group, (ulong)index).X;
        return (int)(index & 3) * Quarter + (int)(draw % Quarter);
    }

    /// <summary>A point of the prior or a favourite, as it is, relative to the mean.</summary>
    /// <param name="latent">[Layers, Width].</param>
    public float[] Relative(ReadOnlySpan<float> latent)
    {
        var point = new float[Layout.Size];
        TensorPrimitives.Subtract(latent, Mean, point);
        return point;
    }

    /// <summary>
    /// Fills a direction in some layers: the difference of two points of the prior, so that it is as likely as they are,
    /// scaled to unit image change. Zero where the prior does not spread.
    /// </summary>
    /// <param name="number">Which direction, from 0.</param>
    /// <param name="group">The layers.</param>
    /// <param name="direction">[group.LayerCount, Width], overwritten.</param>
    public void Direction(int number, LatentGroup group, Span<float> direction)
    {
        (uint x, uint y, _, _) = Philox.Block(_seed, DirectionStream, (ulong)number);
        int first = (int)(x % Count);
        int second = (first + 1 + (int)(y % (Count - 1))) % Count;
        int offset = group.FirstLayer * Layout.Width;
        TensorPrimitives.Subtract(Point(first).Slice(offset, direction.Length), Point(second).Slice(offset, direction.Length), direction);
        Normalise(direction, group);
    }

    /// <summary>Scales to unit image change.</summary>
    public void Normalise(Span<float> direction, LatentGroup group)
    {
        double length = ImageLength(direction, group);
        TensorPrimitives.Multiply(direction, length > 1e-12 ? (float)(1 / length) : 0, direction);
    }

    /// <summary>How much the picture changes by a small step: the layers' changes are taken as independent.</summary>
    public double ImageLength(ReadOnlySpan<float> step, LatentGroup group)
    {
        double sum = 0;
        for (int layer = 0; layer < group.LayerCount; layer++)
        {
            double change = Change[group.FirstLayer + layer];
            sum += change * change * TensorPrimitives.SumOfSquares(step.Slice(layer * Layout.Width, Layout.Width));
        }
        return Math.Sqrt(sum);
    }

    private Span<float> PointSpan(int index) => _points.AsSpan(index * Layout.Size, Layout.Size);

    private float MeasureRadius(int layer)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += TensorPrimitives.SumOfSquares(Point(i).Slice(layer * Layout.Width, Layout.Width));
        return (float)Math.Sqrt(sum / Count);
    }

    private void Confine(Span<float> point, float truncation)
    {
        for (int layer = 0; layer < Layout.Layers; layer++)
        {
            Span<float> row = point.Slice(layer * Layout.Width, Layout.Width);
            float length = TensorPrimitives.Norm(row) * truncation;
            float limit = SoftRadius * Radius[layer];
            TensorPrimitives.Multiply(row, length > limit ? truncation * limit / length : truncation, row);
        }
    }
}
