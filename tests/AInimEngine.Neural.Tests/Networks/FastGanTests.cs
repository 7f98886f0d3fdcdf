using System.Runtime.InteropServices;
using System.Text.Json;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Tests.Networks;

/// <summary>FastGAN against PyTorch's own layers (tests/oracles/fastgan_reference.py).</summary>
public sealed class FastGanTests : NativeTensorTest
{
    [Fact]
    public void ThePictureIsThatOfPyTorch()
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "fastgan", "reference.json")));
        int step = reference.RootElement.GetProperty("step").GetInt32();
        double[] expected = Numbers(reference.RootElement.GetProperty("pixels"));
        using StyleNetwork network = StyleNetwork.Create(Formula([.. Numbers(reference.RootElement.GetProperty("channels")).Select(c => (int)c)]));
        float[] z = [.. Enumerable.Range(0, 16).Select(i => (float)Math.Sin(0.9 * i))];
        Tensor image = network.Synthesize(network.Broadcast(network.Map(Tensor.From(z, 2, 8))), NoiseMode.None);
        Assert.Equal([2, 3, 256, 256], image.Shape);
        float[] actual = image.Slice(2, step: step).Slice(3, step: step).ToArray<float>();
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Max() - expected.Min() > 0.5, "nothing to compare");
        double tolerance = 1e-6 * (expected.Max() - expected.Min());
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(Math.Abs(expected[i] - actual[i]), 0, tolerance);
    }

    [Fact]
    public void NoiseIsThatOfItsSeed()
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using StyleNetwork network = StyleNetwork.Create(Formula([16, 12, 8, 6, 6, 4, 2]));
        Tensor ws = network.Broadcast(network.SeedZ(1));
        Tensor first = network.Synthesize(ws, NoiseMode.Seeded, 5), again = network.Synthesize(ws, NoiseMode.Seeded, 5);
        Assert.True(Torch.Equal(first, again));
        Assert.False(Torch.Equal(first, network.Synthesize(ws, NoiseMode.Seeded, 6)));
        Assert.True(Torch.Equal(network.Synthesize(ws, NoiseMode.Driven, 5, 0), first));
    }

    private static Model Formula(int[] channels)
    {
        var card = new ModelCard { Name = "formula", Architecture = ModelArchitecture.FastGan, Resolution = 256, ZDim = 8, WDim = 8, Channels = channels };
        List<WeightArray> arrays = [];
        int place = 0;
        foreach ((string name, long[] shape) in ModelShapes.Of(card).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            long count = shape.Aggregate(1L, (product, size) => product * size);
            double scale = shape.Length == 4 ? 4 / Math.Sqrt(count / (double)shape[0]) : 0.5;
            bool aboutOne = name.EndsWith("running_var", StringComparison.Ordinal) || (shape.Length == 1 && count > 1 && name.EndsWith("weight", StringComparison.Ordinal));
            float[] values = [.. Enumerable.Range(0, (int)count).Select(i => (float)(Math.Sin(0.37 * i * (double)i + 1.3 * place + 1) * scale + (aboutOne ? 1 : 0)))];
            arrays.Add(new WeightArray(name, ScalarType.Float32, shape, MemoryMarshal.AsBytes<float>(values).ToArray()));
            place++;
        }
        return new Model(card, arrays);
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];
}
