using System.Numerics.Tensors;
using AInimEngine.Neural;
using Tensor = AInimEngine.Neural.Tensor;

namespace AInimEngine.Training.Measures;

/// <summary>Second opinions on whether two sets of points have one distribution.</summary>
internal static class FeatureComparison
{
    private const int Neighbours = 3;

    /// <summary>
    /// Precision and recall (Kynkaanniemi et al. 2019, k = 3): the share of generated points that lie within the distance of
    /// some real point to its third neighbour, and the other way round.
    /// </summary>
    public static (double Precision, double Recall) PrecisionRecall(FeatureTable real, FeatureTable generated) =>
        (Covered(generated, real), Covered(real, generated));

    /// <summary>
    /// Squared maximum mean discrepancy with the kernel (x y / n + 1)^3, without bias (Binkowski et al. 2018, "KID"); about 0
    /// for one distribution, below it by chance; NaN for fewer than two points.
    /// </summary>
    public static double Kernel(FeatureTable real, FeatureTable generated) =>
        MeanKernel(real, real) + MeanKernel(generated, generated) - 2 * MeanKernel(real, generated);

    private static double Covered(FeatureTable points, FeatureTable support)
    {
        float[] radii = new float[support.Count];
        support.SquaredDistances(support, (index, row) =>
        {
            // The point itself is the first.
            row.Sort();
            radii[index] = row[Math.Min(Neighbours, row.Length - 1)];
        });
        int covered = 0;
        points.SquaredDistances(support, (_, row) =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                if (row[i] > radii[i])
                    continue;
                covered++;
                break;
            }
        });
        return covered / (double)points.Count;
    }

    private static double MeanKernel(FeatureTable left, FeatureTable right)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor products = Tensor.Borrow(left.Values, left.Count, left.Length).Mm(Tensor.Borrow(right.Values, right.Count, right.Length).T());
        Span<float> values = products.Data<float>();
        TensorPrimitives.Multiply(values, 1f / left.Length, values);
        TensorPrimitives.Add(values, 1, values);
        double sum = 0, own = 0;
        foreach (float value in values)
            sum += (double)value * value * value;
        if (left != right)
            return sum / values.Length;
        for (int i = 0; i < left.Count; i++)
            own += Math.Pow(values[i * left.Count + i], 3);
        return (sum - own) / ((double)left.Count * (left.Count - 1));
    }
}
