namespace AInimEngine.Neural.Latents;

/// <summary>
/// How far pictures are from a target, differentiable and without another network: the mean squared difference of values.
/// It is smooth, which descent with curvature needs: with absolute differences of a Laplacian pyramid the same number of
/// steps ended 12 dB lower.
/// </summary>
public sealed class PictureDistance : IDisposable
{
    private const int Largest = 256;
    private const double Leak = 0.02;
    private readonly Tensor _target;

    /// <summary>Prepares a target.</summary>
    /// <param name="target">[1, 3, H, W], about -1..1.</param>
    public PictureDistance(Tensor target)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        _target = scope.Keep(Fit(target.Clamp(-1, 1))).DetachFromScope();
    }

    /// <summary>The distance of each picture.</summary>
    /// <param name="image">[N, 3, H, W] of the target's size, as a network gives it.</param>
    /// <returns>[N], in the current scope.</returns>
    public Tensor Measure(Tensor image)
    {
        using var scope = new TensorScope();
        return scope.Keep(Fit(Saturate(image)).Sub(_target).Square().Mean([1, 2, 3]));
    }

    /// <summary>Peak signal-to-noise ratio in decibels of one picture against another, both cut to -1..1.</summary>
    public static double Psnr(Tensor image, Tensor target)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        double error = image.Clamp(-1, 1).Sub(target.Clamp(-1, 1)).Mul(0.5).Square().Mean().Item();
        return error == 0 ? double.PositiveInfinity : -10 * Math.Log10(error);
    }

    /// <inheritdoc/>
    public void Dispose() => _target.Dispose();

    // Nobody sees how far beyond white a network goes; but the way back must not be flat.
    private static Tensor Saturate(Tensor image) => image.Clamp(-1, 1).Mul(1 - Leak).Add(image.Mul(Leak));

    private static Tensor Fit(Tensor image)
    {
        long width = Math.Max(image.Size(2), image.Size(3));
        return width > Largest ? image.AvgPool2d(width / Largest) : image;
    }
}
