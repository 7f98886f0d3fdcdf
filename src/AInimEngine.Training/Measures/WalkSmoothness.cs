using System.Numerics.Tensors;

namespace AInimEngine.Training.Measures;

/// <summary>How evenly the picture changes along a walk through latent space.</summary>
/// <param name="MeanStep">Mean root-mean-square difference of pictures that follow one another, of -1..1.</param>
/// <param name="LargestStep">The largest of them over the mean: near 1 even, large where the picture jumps.</param>
public readonly record struct WalkSmoothness(double MeanStep, double LargestStep)
{
    /// <summary>Measures a walk.</summary>
    /// <param name="pictures">At least two, in order, not rounded: [N, values], as a network gives them.</param>
    /// <param name="size">Values of a picture.</param>
    public static WalkSmoothness Of(ReadOnlySpan<float> pictures, int size)
    {
        double sum = 0, largest = 0;
        int steps = pictures.Length / size - 1;
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(pictures));
        for (int i = 0; i < steps; i++)
        {
            double step = TensorPrimitives.Distance(pictures.Slice(i * size, size), pictures.Slice((i + 1) * size, size)) / Math.Sqrt(size);
            sum += step;
            largest = Math.Max(largest, step);
        }
        double mean = sum / steps;
        return new WalkSmoothness(mean, mean > 0 ? largest / mean : 1);
    }
}
