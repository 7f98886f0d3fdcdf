using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Training.Networks;

namespace AInimEngine.Training.Learning;

/// <summary>Makes a model that plays of averaged arrays.</summary>
internal static class AverageModel
{
    /// <summary>Samples over which statistics are measured where nobody asks for another number.</summary>
    public const int Samples = 2048;

    private const int Batch = 32, MeanSamples = 10_000;

    /// <summary>Puts a model together: averaged arrays, the rest as it was, statistics and mean of w as they come out.</summary>
    /// <param name="start">The model that training began with.</param>
    /// <param name="averages">Arrays that learned.</param>
    /// <param name="draws">Of the run: the same arrays give the same model.</param>
    /// <param name="samples">Over which statistics are measured.</param>
    public static Model Make(Model start, IReadOnlyDictionary<string, WeightArray> averages, StepDraws draws, int samples)
    {
        var arrays = start.Arrays.ToDictionary(array => array.Name, StringComparer.Ordinal);
        foreach ((string name, WeightArray array) in averages)
            arrays[name] = array;
        using StyleNetwork network = StyleNetwork.Create(new Model(start.Card, arrays.Values), new NetworkOptions { BatchStatistics = true, Fused = true });
        using GradMode noGrad = Torch.NoGrad();
        using var scope = new TensorScope();
        Set(arrays, "mapping.w_avg", Latents(network, draws, -1, MeanSamples).Mean([0]));
        if (network is SmNetwork sm)
        {
            SmStatistics.Measure(sm, Enumerable.Range(0, Math.Max(1, (samples + Batch - 1) / Batch)).Select(i => network.Broadcast(Latents(network, draws, i, Batch))));
            foreach (string name in sm.Weights.Names.Where(SmStatistics.IsStatistic))
                Set(arrays, name, sm.Weights[name]);
        }
        ModelCard card = start.Card with { ImageChangePerUnit = [] };
        return ModelCheck.Make(card, arrays.Values);
    }

    private static Tensor Latents(StyleNetwork network, StepDraws draws, long number, int count)
    {
        using var scope = new TensorScope();
        Tensor z = Tensor.From(draws.Normal(DrawPurpose.Statistics, number + 1, count * network.Shape.ZDim), count, network.Shape.ZDim);
        int[] classes = network.Shape.Classes == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => i % network.Shape.Classes)];
        return scope.Keep(network.Map(z, network.OneHot(classes)));
    }

    private static void Set(Dictionary<string, WeightArray> arrays, string name, Tensor value) =>
        arrays[name] = WeightArray.From(name, value.ToArray<float>(), value.Shape);
}
