namespace AInimEngine.Neural.Latents;

/// <summary>Adam (Kingma and Ba 2015) for the few numbers of a latent, in managed memory.</summary>
internal sealed class Adam(int count, double beta1 = 0.9, double beta2 = 0.999)
{
    private readonly double[] _mean = new double[count];
    private readonly double[] _square = new double[count];
    private int _step;

    /// <summary>Moves values against their gradient.</summary>
    public void Step(Span<float> values, ReadOnlySpan<float> gradient, double rate)
    {
        _step++;
        double unbias1 = 1 - Math.Pow(beta1, _step), unbias2 = 1 - Math.Pow(beta2, _step);
        for (int i = 0; i < values.Length; i++)
        {
            _mean[i] = beta1 * _mean[i] + (1 - beta1) * gradient[i];
            _square[i] = beta2 * _square[i] + (1 - beta2) * gradient[i] * gradient[i];
            values[i] -= (float)(rate * (_mean[i] / unbias1) / (Math.Sqrt(_square[i] / unbias2) + 1e-8));
        }
    }
}
