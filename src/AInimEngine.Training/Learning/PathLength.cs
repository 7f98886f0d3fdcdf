using AInimEngine.Neural;

namespace AInimEngine.Training.Learning;

/// <summary>
/// Path length regularisation (Karras et al. 2020, section 3.2): a step in w changes the picture by as much wherever it is
/// taken. Every fourth step, on half a batch, weighted for that.
/// </summary>
internal static class PathLength
{
    /// <summary>Steps from one to the next.</summary>
    public const int Every = 4;

    private const double Decay = 0.01;

    /// <summary>Mean squared distance of the lengths from their running mean; the mean is moved first.</summary>
    /// <param name="pictures">[N, 3, R, R], synthesised from <paramref name="ws"/>.</param>
    /// <param name="ws">[N, layers, w_dim], with gradients recorded.</param>
    /// <param name="directions">[N, 3, R, R], standard normal.</param>
    /// <param name="mean">Running mean of lengths, one element; moved in place.</param>
    public static Tensor Penalty(Tensor pictures, Tensor ws, Tensor directions, Tensor mean)
    {
        using var scope = new TensorScope();
        double scale = 1 / Math.Sqrt(pictures.Size(2) * pictures.Size(3));
        Tensor projected = pictures.Mul(directions.Mul(scale)).Sum();
        Tensor gradient = Torch.Grad([projected], [ws], createGraph: true)[0]!;
        Tensor lengths = gradient.Square().Sum([2]).Mean([1]).Sqrt();
        using (Torch.NoGrad())
            mean.Lerp_(lengths.Detach().Mean(), Decay);
        return scope.Keep(lengths.Sub(mean.Detach()).Square().Mean());
    }
}
