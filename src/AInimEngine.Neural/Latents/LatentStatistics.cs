using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Latents;

/// <summary>Mean and covariance of w over the prior.</summary>
/// <param name="Mean">[w_dim].</param>
/// <param name="Covariance">[w_dim, w_dim], row by row.</param>
public sealed record LatentStatistics(float[] Mean, float[] Covariance)
{
    private const int Batch = 2500;

    /// <summary>Typical deviation of one component of w.</summary>
    public double Deviation => Math.Sqrt(Enumerable.Range(0, Mean.Length).Average(i => (double)Covariance[i * Mean.Length + i]));

    /// <summary>Measures them.</summary>
    /// <param name="network">Whose mapping network; classes in equal shares.</param>
    /// <param name="samples">How many.</param>
    /// <param name="seed">Which.</param>
    public static LatentStatistics Measure(StyleNetwork network, int samples, ulong seed)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        int width = network.Shape.WDim;
        Tensor origin = network.MeanW;
        Tensor sum = Torch.Zeros([width], ScalarType.Float64), products = Torch.Zeros([width, width], ScalarType.Float64);
        var values = new float[Math.Min(Batch, samples) * network.Shape.ZDim];
        for (int done = 0; done < samples; done += Batch)
        {
            using var inner = new TensorScope();
            int count = Math.Min(Batch, samples - done);
            Span<float> z = values.AsSpan(0, count * network.Shape.ZDim);
            Philox.Normal(seed, (ulong)(done / Batch), z);
            int[] classes = network.Shape.Classes == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => i % network.Shape.Classes)];
            Tensor w = network.Map(Tensor.From(z, count, network.Shape.ZDim).To(network.Options.Device, ScalarType.Float32), network.OneHot(classes));
            // About the mean, so that nothing large cancels.
            w = w.Sub(origin).To(Device.Cpu, ScalarType.Float32);
            sum.Add_(w.To(ScalarType.Float64).Sum([0]));
            products.Add_(w.T().Matmul(w).To(ScalarType.Float64));
        }
        Tensor shift = sum.Div(samples);
        Tensor covariance = products.Div(samples).Sub(shift.Outer(shift)).Mul(samples / Math.Max(1.0, samples - 1));
        Tensor mean = origin.To(Device.Cpu, ScalarType.Float64).Add(shift);
        return new LatentStatistics(mean.To(ScalarType.Float32).ToArray<float>(), covariance.To(ScalarType.Float32).ToArray<float>());
    }
}
