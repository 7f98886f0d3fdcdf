using System.Numerics.Tensors;

namespace AInimEngine.Mapping.Choreography;

/// <summary>
/// Keeps points between two of a Gaussian prior as far from its mean as they are: the straight way between them passes
/// through the untypical middle.
/// </summary>
internal static class Radii
{
    // Keeps the correction smooth where a mix passes near the mean.
    private const float Softness = 0.15f;

    /// <summary>Scales a mix of two points so that its radius leads from one's to the other's.</summary>
    /// <param name="mix">The mix, in place.</param>
    /// <param name="from">Where <paramref name="blend"/> is 0.</param>
    /// <param name="to">Where it is 1.</param>
    /// <param name="blend">How far between the two, 0..1.</param>
    public static void Lead(Span<float> mix, ReadOnlySpan<float> from, ReadOnlySpan<float> to, float blend)
    {
        float start = TensorPrimitives.Norm(from), end = TensorPrimitives.Norm(to);
        Pull(mix, start + (end - start) * blend);
    }

    /// <summary>Scales a mix to about a radius; one that is there already stays.</summary>
    public static void Pull(Span<float> mix, float radius)
    {
        float soft = (1 - Softness) * TensorPrimitives.SumOfSquares<float>(mix) + Softness * radius * radius;
        if (soft > 0)
            TensorPrimitives.Multiply(mix, radius / MathF.Sqrt(soft), mix);
    }
}
