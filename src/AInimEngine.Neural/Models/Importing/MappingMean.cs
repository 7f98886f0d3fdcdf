using System.Numerics;
using System.Runtime.InteropServices;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>Estimates the mean of w, for files that leave it out, by mapping many z: 4096, fewer where a network is so wide that they would take minutes.</summary>
internal static class MappingMean
{
    private const int MostSamples = 4096;
    private const long MostProducts = 1L << 34;

    /// <summary>The mean of w over the same z each time.</summary>
    /// <param name="arrays">With mapping.fc{i}.weight and bias.</param>
    /// <param name="multiplier">Of the mapping layers.</param>
    /// <returns>[w].</returns>
    /// <exception cref="InvalidDataException">The layers do not follow each other.</exception>
    public static StoredArray Estimate(IReadOnlyDictionary<string, StoredArray> arrays, double multiplier)
    {
        Layer[] layers = [.. Enumerable.Range(0, arrays.CountFrom(i => $"mapping.fc{i}.weight")).Select(i => Layer.Read(arrays, i, multiplier))];
        for (int i = 0; i < layers.Length; i++)
            if (layers[i].Inputs > 4096 || layers[i].Outputs > 4096 || (i > 0 && layers[i].Inputs != layers[i - 1].Outputs))
                throw new InvalidDataException($"array 'mapping.fc{i}.weight' does not fit the layers around it");
        if (layers.Length is 0 or > 64)
            throw new InvalidDataException("it has no mapping network");
        var sum = new double[layers[^1].Outputs];
        int samples = (int)Math.Clamp(MostProducts / layers.Sum(layer => (long)layer.Weight.Length), 1, MostSamples);
        for (int n = 0; n < samples; n++)
        {
            var x = new float[layers[0].Inputs];
            Philox.Normal(0, (ulong)n, x);
            Scale(x, 1 / Math.Sqrt(Dot(x, x) / x.Length + 1e-8));
            foreach (Layer layer in layers)
                x = layer.Run(x);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += x[i];
        }
        var mean = new float[sum.Length];
        for (int i = 0; i < mean.Length; i++)
            mean[i] = (float)(sum[i] / samples);
        return StoredArray.Of(WeightArray.From("mapping.w_avg", mean, [mean.Length]));
    }

    private static void Scale(Span<float> values, double factor)
    {
        foreach (ref float value in values)
            value *= (float)factor;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(a), y = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < x.Length; i++)
            sums += x[i] * y[i];
        float sum = Vector.Sum(sums);
        for (int i = x.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private sealed record Layer(float[] Weight, float[] Bias, int Inputs, int Outputs)
    {
        public static Layer Read(IReadOnlyDictionary<string, StoredArray> arrays, int index, double multiplier)
        {
            string name = $"mapping.fc{index}";
            int outputs = arrays.Size($"{name}.weight", 2, 0), inputs = arrays.Size($"{name}.weight", 2, 1);
            if (arrays.Size($"{name}.bias", 1, 0) != outputs || inputs == 0 || outputs == 0)
                throw new InvalidDataException($"array '{name}.bias' does not fit its weight");
            float[] weight = arrays[$"{name}.weight"].LoadSingles(), bias = arrays[$"{name}.bias"].LoadSingles();
            Scale(weight, multiplier / Math.Sqrt(inputs));
            Scale(bias, multiplier);
            return new Layer(weight, bias, inputs, outputs);
        }

        // Leaky ReLU of 0.2 with a gain of sqrt 2, as in StyleGAN2.
        public float[] Run(float[] x)
        {
            var y = new float[Outputs];
            for (int i = 0; i < y.Length; i++)
            {
                float value = Dot(x, Weight.AsSpan(i * Inputs, Inputs)) + Bias[i];
                y[i] = MathF.Sqrt(2) * (value < 0 ? 0.2f * value : value);
            }
            return y;
        }
    }
}
