using System.Runtime.InteropServices;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Benchmarks;

/// <summary>Models with random weights of a trained model's sizes and magnitudes: nothing to look at, but all the work.</summary>
public sealed class RandomStyleModel
{
    private readonly List<WeightArray> _arrays = [];
    private readonly ulong _seed;

    private RandomStyleModel(ulong seed) => _seed = seed;

    /// <summary>An SG2 generator.</summary>
    /// <param name="resolution">Side of the picture.</param>
    /// <param name="channelBase">Channels times resolution.</param>
    /// <param name="maximum">Most channels.</param>
    /// <param name="width">Length of w.</param>
    /// <param name="synthesis">"skip", "resnet" or "orig".</param>
    /// <param name="seed">Which.</param>
    public static Model Sg2(int resolution, int channelBase, int maximum, int width, string synthesis = "skip", ulong seed = 1)
    {
        var made = new RandomStyleModel(seed);
        int[] channels = Channels(resolution, channelBase, maximum);
        made.Add("synthesis.b4.const", 1, 0, channels[0], 4, 4);
        for (int r = 4, i = 0; r <= resolution; r *= 2, i++)
        {
            string block = $"synthesis.b{r}";
            if (r > 4)
            {
                made.Sg2Layer($"{block}.conv0", r, width, channels[i - 1], channels[i]);
                if (synthesis == "resnet")
                    made.Add($"{block}.skip.weight", 1, 0, channels[i], channels[i - 1], 1, 1);
            }
            made.Sg2Layer($"{block}.conv1", r, width, channels[i], channels[i]);
            if (synthesis != "skip" && r != resolution)
                continue;
            made.Add($"{block}.torgb.weight", 1, 0, 3, channels[i], 1, 1);
            made.Add($"{block}.torgb.bias", 0.1f, 0, 3);
            made.Add($"{block}.torgb.affine.weight", 1, 0, channels[i], width);
            made.Add($"{block}.torgb.affine.bias", 0, 0.3f, channels[i]);
        }
        var card = new ModelCard
        {
            Name = $"sg2-{channelBase}-{resolution}",
            Architecture = ModelArchitecture.Sg2,
            Resolution = resolution,
            ZDim = width,
            WDim = width,
            Synthesis = synthesis,
            Channels = channels,
            ConvClamp = 256,
        };
        return new Model(card, made._arrays);
    }

    /// <summary>An SM generator.</summary>
    /// <param name="resolution">Side of the picture.</param>
    /// <param name="channelBase">Channels times resolution.</param>
    /// <param name="maximum">Most channels.</param>
    /// <param name="width">Length of w.</param>
    /// <param name="seed">Which.</param>
    public static Model Sm(int resolution, int channelBase, int maximum, int width, ulong seed = 1)
    {
        var made = new RandomStyleModel(seed);
        int[] channels = Channels(resolution, channelBase, maximum);
        made.Add("synthesis.const", 1, 0, 2 * channels[0], 4, 4);
        made.Add("synthesis.input.weight", 1 / MathF.Sqrt(width), 0, 2 * channels[0] * 16, width);
        made.SmNorm("synthesis.norm", 2 * channels[0], width, variance: 2);
        for (int r = 8, i = 1; r <= resolution; r *= 2, i++)
        {
            made.Add($"synthesis.b{r}.conv0.weight", 1 / MathF.Sqrt(9 * channels[i - 1]), 0, 2 * channels[i], channels[i - 1], 3, 3);
            made.SmNorm($"synthesis.b{r}.norm0", 2 * channels[i], width);
            made.Add($"synthesis.b{r}.conv1.weight", 1 / MathF.Sqrt(9 * channels[i]), 0, 2 * channels[i], channels[i], 3, 3);
            made.SmNorm($"synthesis.b{r}.norm1", 2 * channels[i], width);
        }
        made.Add("synthesis.torgb.weight", 1 / MathF.Sqrt(9 * channels[^1]), 0, 3, channels[^1], 3, 3);
        made.Add("synthesis.torgb.bias", 0.1f, 0, 3);
        var card = new ModelCard
        {
            Name = $"sm-{channelBase}-{resolution}",
            Architecture = ModelArchitecture.Sm,
            Resolution = resolution,
            ZDim = width,
            WDim = width,
            Channels = channels,
        };
        return new Model(card, made._arrays);
    }

    private static int[] Channels(int resolution, int channelBase, int maximum)
    {
        var channels = new int[int.Log2(resolution / 4) + 1];
        for (int i = 0; i < channels.Length; i++)
            channels[i] = Math.Min(channelBase / (4 << i), maximum);
        return channels;
    }

    private void Sg2Layer(string prefix, int resolution, int width, int inputs, int outputs)
    {
        Add($"{prefix}.weight", 1, 0, outputs, inputs, 3, 3);
        Add($"{prefix}.bias", 0.2f, 0, outputs);
        Add($"{prefix}.noise_strength", 0, 0.1f);
        Add($"{prefix}.noise_const", 1, 0, resolution, resolution);
        Add($"{prefix}.affine.weight", 0.5f, 0, inputs, width);
        Add($"{prefix}.affine.bias", 0, 1, inputs);
    }

    private void SmNorm(string prefix, int channels, int width, float variance = 0.3f)
    {
        Add($"{prefix}.running_mean", 0.1f, 0, channels);
        Add($"{prefix}.running_var", 0.05f, variance, channels);
        Add($"{prefix}.affine.weight", 0.3f / MathF.Sqrt(width), 0, 2 * channels, width);
        float[] bias = new float[2 * channels];
        bias.AsSpan(0, channels).Fill(1);
        Add($"{prefix}.affine.bias", bias, 2 * channels);
    }

    private void Add(string name, float deviation, float mean, params ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
            count *= size;
        var values = new float[count];
        Philox.Normal(_seed, (ulong)_arrays.Count, values);
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i] * deviation + mean;
        Add(name, values, shape);
    }

    private void Add(string name, float[] values, params ReadOnlySpan<long> shape) =>
        _arrays.Add(new WeightArray(name, ScalarType.Float32, shape.ToArray(), MemoryMarshal.AsBytes<float>(values).ToArray()));
}
