using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Latents;

/// <summary>
/// Principal components of w (Härkönen et al., "GANSpace: discovering interpretable GAN controls", NeurIPS 2020): the
/// directions along which a model's pictures vary most often.
/// </summary>
public static class GanSpace
{
    /// <summary>Samples that suffice for w of up to 512.</summary>
    public const int Samples = 50_000;

    /// <summary>Finds directions, the strongest first; their strength is the deviation of w along them.</summary>
    /// <param name="network">Whose w.</param>
    /// <param name="statistics">Of that network.</param>
    /// <param name="band">Layers that they are for: the components are the same, what they do is not.</param>
    /// <param name="count">How many, at most w_dim.</param>
    public static IReadOnlyList<LatentDirection> Find(StyleNetwork network, LatentStatistics statistics, LatentGroup band, int count)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        int width = network.Shape.WDim;
        (double[] values, float[][] vectors) = SymmetricEigen.Largest(Tensor.From(statistics.Covariance, width, width), Math.Min(count, width));
        return [.. vectors.Select((vector, i) => new LatentDirection($"{band.Name}-{i + 1}", band.FirstLayer, band.LayerCount, vector, Math.Sqrt(Math.Max(0, values[i]))))];
    }
}
