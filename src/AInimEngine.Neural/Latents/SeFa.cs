using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Latents;

/// <summary>
/// Closed-form factorisation (Shen and Zhou, "Closed-form factorization of latent semantics in GANs", CVPR 2021): the
/// directions of w that the style matrices of a band of layers enlarge most. Needs no samples.
/// </summary>
public static class SeFa
{
    /// <summary>Finds directions of a band, the strongest first.</summary>
    /// <param name="network">Whose style matrices.</param>
    /// <param name="band">Which layers.</param>
    /// <param name="count">How many, at most w_dim.</param>
    public static IReadOnlyList<LatentDirection> Find(StyleNetwork network, LatentGroup band, int count)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        int width = network.Shape.WDim;
        Tensor product = Torch.Zeros([width, width]);
        for (int layer = band.FirstLayer; layer < band.FirstLayer + band.LayerCount; layer++)
        {
            foreach (Tensor weight in network.StyleWeights(layer))
            {
                using var inner = new TensorScope();
                // Every output counts the same, however large its weights are.
                Tensor rows = weight.To(Device.Cpu, ScalarType.Float32);
                rows = rows.Div(rows.Square().Sum([1], true).Sqrt().Add(1e-12));
                product.Add_(rows.T().Matmul(rows));
            }
        }
        (double[] values, float[][] vectors) = SymmetricEigen.Largest(product, Math.Min(count, width));
        return [.. vectors.Select((vector, i) => new LatentDirection($"{band.Name}-{i + 1}", band.FirstLayer, band.LayerCount, vector, values[i]))];
    }
}
