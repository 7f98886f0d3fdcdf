using AInimEngine.Neural;

namespace AInimEngine.Training.Learning;

/// <summary>
/// Creative adversarial loss (Elgammal et al. 2017): the discriminator learns to tell styles of real pictures, the
/// generator to make pictures of none of them. In its steady form: cross entropy to the uniform distribution has the same
/// optimum as the paper's sum of binary terms.
/// </summary>
internal static class CreativeLoss
{
    private const double Most = 0.5, RampStart = 0.2, RampEnd = 0.5;

    /// <summary>Cross entropy of the style head on real pictures, a scalar.</summary>
    /// <param name="logits">[N, styles].</param>
    /// <param name="styles">N of them.</param>
    public static Tensor Recognition(Tensor logits, int[] styles)
    {
        using var scope = new TensorScope();
        Tensor labels = Tensor.From(Array.ConvertAll(styles, style => (long)style), styles.Length, 1).To(logits.Device, ScalarType.Int64);
        return scope.Keep(logits.LogSoftmax(1).Gather(1, labels).Mean().Neg());
    }

    /// <summary>Cross entropy of the style head to "any of them alike" on generated pictures, a scalar.</summary>
    /// <param name="logits">[N, styles].</param>
    public static Tensor Ambiguity(Tensor logits)
    {
        using var scope = new TensorScope();
        return scope.Keep(logits.LogSoftmax(1).Mean().Neg());
    }

    /// <summary>Weight of <see cref="Ambiguity"/>: from 0 to 0.5 between 20 and 50 percent of the training.</summary>
    /// <param name="seen">Pictures seen.</param>
    /// <param name="kimg">Thousands of pictures of the whole training.</param>
    public static double Weight(long seen, double kimg) =>
        Most * Math.Clamp((seen / (1000 * kimg) - RampStart) / (RampEnd - RampStart), 0, 1);
}
