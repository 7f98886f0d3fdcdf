using System.Numerics.Tensors;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Mapping.Choreography;

/// <summary>Pushes some layers along a direction that turns in a plane of its own, so that no two bars push alike.</summary>
internal sealed class TurningPush
{
    private readonly float[] _cos, _sin;

    /// <summary>Draws the plane.</summary>
    /// <param name="pool">Points of the prior.</param>
    /// <param name="number">Which direction; the next number is the second one of the plane.</param>
    /// <param name="group">The layers.</param>
    public TurningPush(LatentPool pool, int number, LatentGroup group)
    {
        _cos = Direction(pool, number, group);
        _sin = Orthogonal(pool, number + 1, group, _cos);
    }

    /// <summary>The first direction of the plane, of unit image change.</summary>
    public ReadOnlySpan<float> Along => _cos;

    /// <summary>The second one, at a right angle.</summary>
    public ReadOnlySpan<float> Across => _sin;

    /// <summary>Pushes.</summary>
    /// <param name="part">The layers, in place.</param>
    /// <param name="amount">Image change.</param>
    /// <param name="sin">Sine of the turn.</param>
    /// <param name="cos">Cosine of the turn.</param>
    public void Add(Span<float> part, double amount, double sin, double cos)
    {
        TensorPrimitives.MultiplyAdd(_cos, (float)(amount * cos), part, part);
        TensorPrimitives.MultiplyAdd(_sin, (float)(amount * sin), part, part);
    }

    /// <summary>A direction of unit image change in some layers.</summary>
    public static float[] Direction(LatentPool pool, int number, LatentGroup group)
    {
        var direction = new float[group.LayerCount * pool.Layout.Width];
        pool.Direction(number, group, direction);
        return direction;
    }

    // A second direction at a right angle to the first, so that their turning mix keeps its length.
    private static float[] Orthogonal(LatentPool pool, int number, LatentGroup group, float[] first)
    {
        float[] second = Direction(pool, number, group);
        double along = 0;
        for (int layer = 0; layer < group.LayerCount; layer++)
        {
            double change = pool.Change[group.FirstLayer + layer];
            int start = layer * pool.Layout.Width;
            along += change * change * TensorPrimitives.Dot(first.AsSpan(start, pool.Layout.Width), second.AsSpan(start, pool.Layout.Width));
        }
        TensorPrimitives.MultiplyAdd(first, (float)-along, second, second);
        if (pool.ImageLength(second, group) < 1e-3)
            return new float[second.Length];
        pool.Normalise(second, group);
        return second;
    }
}
