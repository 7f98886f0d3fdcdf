using System.Runtime.InteropServices;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>
/// Models that nobody trained yet, with weights as the papers draw them: what training begins with, and what has all the
/// work of a trained model where only that matters.
/// </summary>
public static class ModelFactory
{
    private const int MeanSamples = 1000, StatisticsSamples = 32;
    private const double SmDeviation = 0.05, SmLayout = 0.5;

    /// <summary>
    /// Draws every array that the card asks for. SG2 (Karras et al. 2020): standard normal, divided by the learning-rate
    /// multiplier; biases 0, those of styles 1; noise strength 0. SM: N(0, 0.05), the layout N(0, 0.5), scale of normalisation 1; its batch
    /// statistics are those of samples. The mean of w is that of samples too.
    /// </summary>
    /// <param name="card">What it is.</param>
    /// <param name="seed">Which.</param>
    /// <exception cref="NotSupportedException">FastGAN: models of it are played, not made.</exception>
    public static Model Random(ModelCard card, ulong seed)
    {
        if (card.Architecture == ModelArchitecture.FastGan)
            throw new NotSupportedException("FastGAN models are played, not made");
        var drawn = new Dictionary<string, WeightArray>(StringComparer.Ordinal);
        ulong stream = 0;
        foreach ((string name, long[] shape) in ModelShapes.Of(card).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            drawn[name] = Array(name, Values(card, name, shape, seed, stream++), shape);
        using StyleNetwork network = StyleNetwork.Create(new Model(card, drawn.Values));
        using GradMode noGrad = Torch.NoGrad();
        using var scope = new TensorScope();
        Tensor mean = SampleW(network, seed, MeanSamples).Mean([0]);
        Replace(drawn, "mapping.w_avg", mean);
        if (network is SmNetwork sm)
        {
            SmStatistics.Measure(sm, network.Broadcast(SampleW(network, seed + 1, StatisticsSamples)));
            foreach (string name in sm.Weights.Names.Where(SmStatistics.IsStatistic))
                Replace(drawn, name, sm.Weights[name]);
        }
        return new Model(card, drawn.Values);
    }

    /// <summary>Channels at 4, 8, ... pixels as papers give them: base / resolution, at most so many.</summary>
    /// <param name="resolution">Of the picture.</param>
    /// <param name="channelBase">16384 in the 256-pixel configuration of the paper, 32768 in config-F.</param>
    /// <param name="most">512 in the paper.</param>
    public static IReadOnlyList<int> Channels(int resolution, int channelBase, int most) =>
        [.. Enumerable.Range(0, int.Log2(resolution / 4) + 1).Select(i => Math.Min(channelBase / (4 << i), most))];

    private static Tensor SampleW(StyleNetwork network, ulong seed, int count)
    {
        var values = new float[count * network.Shape.ZDim];
        Philox.Normal(seed, ulong.MaxValue, values);
        int[] classes = network.Shape.Classes == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => i % network.Shape.Classes)];
        return network.Map(Tensor.From(values, count, network.Shape.ZDim), network.OneHot(classes));
    }

    private static float[] Values(ModelCard card, string name, long[] shape, ulong seed, ulong stream)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        double deviation = Deviation(card, name);
        if (deviation > 0)
        {
            Philox.Normal(seed, stream, values);
            for (int i = 0; i < values.Length; i++)
                values[i] *= (float)deviation;
        }
        if (name.EndsWith("running_var", StringComparison.Ordinal))
            values.AsSpan().Fill(1);
        else if (name.EndsWith("affine.bias", StringComparison.Ordinal))
            values.AsSpan(0, card.Architecture == ModelArchitecture.Sm ? values.Length / 2 : values.Length).Fill(1);
        return values;
    }

    private static double Deviation(ModelCard card, string name)
    {
        if (name.EndsWith(".bias", StringComparison.Ordinal) || name.EndsWith("noise_strength", StringComparison.Ordinal)
            || name == "mapping.w_avg" || SmStatistics.IsStatistic(name))
            return 0;
        if (name.StartsWith("mapping.fc", StringComparison.Ordinal))
            return 1 / card.MappingMultiplier;
        if (card.Architecture != ModelArchitecture.Sm || name.StartsWith("mapping.", StringComparison.Ordinal))
            return 1;
        // The layout that all pictures share is weaker than what w adds to it, or they would share it for long.
        return name == "synthesis.const" ? SmLayout : SmDeviation;
    }

    private static void Replace(Dictionary<string, WeightArray> arrays, string name, Tensor value) =>
        arrays[name] = Array(name, value.ToArray<float>(), value.Shape);

    private static WeightArray Array(string name, float[] values, long[] shape) =>
        new(name, ScalarType.Float32, shape, MemoryMarshal.AsBytes<float>(values).ToArray());
}
