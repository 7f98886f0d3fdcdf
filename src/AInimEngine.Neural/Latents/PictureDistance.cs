namespace AInimEngine.Neural.Latents;

/// <summary>
/// How far pictures are from a target, differentiable and without another network: mean absolute differences of the levels
/// of a Laplacian pyramid (Burt and Adelson 1983) down to 8 pixels, and a tenth of the mean squared difference.
/// </summary>
public sealed class PictureDistance : IDisposable
{
    private const int Coarsest = 8, Largest = 256;
    private const double SquaredWeight = 0.1;
    private readonly Tensor _target;
    private readonly Tensor[] _levels;

    /// <summary>Prepares a target.</summary>
    /// <param name="target">[1, 3, H, W], about -1..1.</param>
    public PictureDistance(Tensor target)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        _target = scope.Keep(Fit(target.Clamp(-1, 1))).DetachFromScope();
        _levels = Levels(_target);
        foreach (Tensor level in _levels)
            scope.Keep(level).DetachFromScope();
    }

    /// <summary>The distance of each picture.</summary>
    /// <param name="image">[N, 3, H, W] of the target's size, as a network gives it.</param>
    /// <returns>[N], in the current scope.</returns>
    public Tensor Measure(Tensor image)
    {
        using var scope = new TensorScope();
        image = Fit(image);
        Tensor[] levels = Levels(image);
        Tensor sum = image.Sub(_target).Square().Mean([1, 2, 3]).Mul(SquaredWeight);
        for (int i = 0; i < levels.Length; i++)
            sum = sum.Add(levels[i].Sub(_levels[i]).Abs().Mean([1, 2, 3]));
        return scope.Keep(sum);
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
    public void Dispose()
    {
        foreach (Tensor level in _levels)
            level.Dispose();
        _target.Dispose();
    }

    private static Tensor Fit(Tensor image)
    {
        long width = Math.Max(image.Size(2), image.Size(3));
        return width > Largest ? image.AvgPool2d(width / Largest) : image;
    }

    private static Tensor[] Levels(Tensor image)
    {
        List<Tensor> levels = [];
        while (Math.Min(image.Size(2), image.Size(3)) > Coarsest)
        {
            Tensor small = image.AvgPool2d(2);
            levels.Add(image.Sub(small.UpsampleBilinear2d([image.Size(2), image.Size(3)])));
            image = small;
        }
        levels.Add(image);
        return [.. levels];
    }
}
