using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Training.Networks;

/// <summary>
/// Makes a new octave of SM pass the old picture through. A tap of the old colours' convolution lies one old pixel aside,
/// which is two new ones: one in the first new convolution and one in the second. So each of three colours and nine taps
/// takes a channel of its own, 27 in all, and the doubled picture is exact but for its outermost pixels. With fewer
/// channels three carry the colours alone, with the taps one new pixel aside: somewhat sharper edges than a doubled
/// picture's, which training then mends. Normalisation is undone by scale and shift that are those of the channel itself,
/// the same for every w; the gates stand half open, with scales of 0 by which they learn to move.
/// </summary>
internal static class SmGrowth
{
    private const int Colours = 3, Taps = 9, Centre = 4;
    private const int StatisticsBatch = 16, StatisticsBatches = 8;
    private const double HalfOpen = 0.5;

    /// <summary>Connects the new octave.</summary>
    /// <param name="old">The model that grows.</param>
    /// <param name="card">Of the grown model.</param>
    /// <param name="arrays">Of the grown model: old ones, and new ones as drawn; the new octave's are replaced.</param>
    public static Model Connect(Model old, ModelCard card, Dictionary<string, WeightArray> arrays)
    {
        int channels = card.Channels[^1], before = card.Channels[^2];
        if (channels < Colours)
            throw new Core.Errors.AInimException(Core.Errors.ExitCode.Input, $"the model cannot grow with {channels} channels: it takes three to carry the colours. Pass a greater width.");
        bool isExact = channels >= Colours * Taps;
        int carriers = isExact ? Colours * Taps : Colours;
        string block = $"synthesis.b{card.Resolution}";
        float[] colours = old["synthesis.torgb.weight"].ToSingles();
        float[] first = arrays[block + ".conv0.weight"].ToSingles(), second = arrays[block + ".conv1.weight"].ToSingles();
        for (int carrier = 0; carrier < carriers; carrier++)
        {
            Span<float> own = first.AsSpan(carrier * before * Taps, before * Taps);
            own.Clear();
            int colour = carrier % Colours, tap = carrier / Colours;
            for (int i = 0; i < before; i++)
                for (int t = 0; t < Taps; t++)
                    if (!isExact || t == tap)
                        own[i * Taps + t] = colours[(colour * before + i) * Taps + t];
        }
        for (int colour = 0; colour < Colours; colour++)
        {
            Span<float> own = second.AsSpan(colour * channels * Taps, channels * Taps);
            own.Clear();
            for (int carrier = colour; carrier < carriers; carrier += Colours)
                own[carrier * Taps + (isExact ? carrier / Colours : Centre)] = 1;
        }
        float[] last = new float[Colours * channels * Taps];
        for (int colour = 0; colour < Colours; colour++)
            last[(colour * channels + colour) * Taps + Centre] = 1;
        Set(block + ".conv0.weight", first);
        Set(block + ".conv1.weight", second);
        Set("synthesis.torgb.weight", last);
        Set("synthesis.torgb.bias", old["synthesis.torgb.bias"].ToSingles());
        // The statistics of the second normalisation are those behind the first, once that is undone.
        Undo(block + ".norm0", carriers);
        Undo(block + ".norm1", Colours);
        return ModelCheck.Make(card, arrays.Values);

        // Scale and shift such that carriers leave as they came, twice as large before gates that stand half open.
        void Undo(string norm, int count)
        {
            Measure();
            float[] mean = arrays[norm + ".running_mean"].ToSingles(), variance = arrays[norm + ".running_var"].ToSingles();
            float[] weight = arrays[norm + ".affine.weight"].ToSingles(), bias = arrays[norm + ".affine.bias"].ToSingles();
            int width = weight.Length / bias.Length;
            for (int i = 0; i < count; i++)
            {
                SetRow(i, Math.Sqrt(variance[i] + SmNetwork.Epsilon) / HalfOpen);
                SetRow(2 * channels + i, mean[i] / HalfOpen);
                SetRow(channels + i, 0);
                SetRow(3 * channels + i, 0);
            }
            Set(norm + ".affine.weight", weight);
            Set(norm + ".affine.bias", bias);

            void SetRow(int row, double value)
            {
                weight.AsSpan(row * width, width).Clear();
                bias[row] = (float)value;
            }
        }

        void Measure()
        {
            using var network = (SmNetwork)StyleNetwork.Create(new Model(card, arrays.Values), new NetworkOptions { BatchStatistics = true, Fused = true });
            using GradMode noGrad = Torch.NoGrad();
            using var scope = new TensorScope();
            SmStatistics.Measure(network, Enumerable.Range(0, StatisticsBatches).Select(batch => network.Broadcast(network.Map(
                network.SeedZ([.. Enumerable.Range(0, StatisticsBatch).Select(i => (ulong)(batch * StatisticsBatch + i))]),
                network.OneHot([.. Enumerable.Range(0, StatisticsBatch).Select(i => i % Math.Max(1, card.Classes))])))));
            foreach (string name in network.Weights.Names.Where(SmStatistics.IsStatistic).Where(name => name.StartsWith(block, StringComparison.Ordinal)))
                arrays[name] = WeightArray.From(name, network.Weights[name].ToArray<float>(), network.Weights[name].Shape);
        }

        void Set(string name, float[] values) => arrays[name] = WeightArray.From(name, values, arrays[name].Shape);
    }
}
