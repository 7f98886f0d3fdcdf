using System.Runtime.InteropServices;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Tests.Networks;

/// <summary>Small models in which every array matters: biases, noise strengths and statistics are drawn too.</summary>
internal static class TestModels
{
    public static ModelCard Card(ModelArchitecture architecture, int resolution = 16, string synthesis = "skip", int width = 8, int classes = 0) => new()
    {
        Name = "test",
        Architecture = architecture,
        Resolution = resolution,
        ZDim = width,
        WDim = width,
        Classes = classes,
        MappingLayers = 2,
        MappingMultiplier = architecture == ModelArchitecture.Sm ? 0.1 : 0.01,
        Synthesis = synthesis,
        Channels = [.. Enumerable.Range(0, int.Log2(resolution / 4) + 1).Select(i => Math.Max(3, 6 - i))],
        ConvClamp = synthesis == "resnet" ? 2 : null,
    };

    public static Model Filled(ModelCard card, ulong seed)
    {
        ulong stream = 0;
        List<WeightArray> arrays = [];
        foreach ((string name, long[] shape) in ModelShapes.Of(card).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
            Philox.Normal(seed, stream++, values);
            if (name.EndsWith("running_var", StringComparison.Ordinal))
                values = [.. values.Select(v => 0.5f + v * v)];
            arrays.Add(new WeightArray(name, ScalarType.Float32, shape, MemoryMarshal.AsBytes<float>(values).ToArray()));
        }
        return new Model(card, arrays);
    }
}
