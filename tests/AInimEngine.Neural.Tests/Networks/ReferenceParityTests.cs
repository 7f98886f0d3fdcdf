using System.Runtime.InteropServices;
using System.Text.Json;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Tests.Models;

namespace AInimEngine.Neural.Tests.Networks;

/// <summary>SG2 against what StyleGAN2-ADA's own code made of the same files: truncation, cutoff, noise and classes.</summary>
public sealed class ReferenceParityTests : NativeTensorTest
{
    private const float Tolerance = 2e-5f;

    [Theory]
    [InlineData("dev16")]
    [InlineData("dev32c")]
    public void EveryCaseIsMetWithinRounding(string name)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using StyleNetwork network = StyleNetwork.Create(ModelFile.Open(OfficialPickleTests.Data(name + ".pkl")));
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(OfficialPickleTests.Data(name + ".json")));
        Tensor z = Tensor.From(Floats(name + ".z.f32"), 3, 32);
        int index = 0;
        foreach (JsonElement one in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            int[] classes = [.. one.GetProperty("classes").EnumerateArray().Select(value => value.GetInt32())];
            int? cutoff = one.GetProperty("cutoff") is { ValueKind: JsonValueKind.Number } given ? given.GetInt32() : null;
            NoiseMode noise = one.GetProperty("noise").GetString() == "none" ? NoiseMode.None : NoiseMode.Const;
            Tensor ws = network.Broadcast(network.Map(z, network.OneHot(classes)), one.GetProperty("psi").GetDouble(), cutoff);
            Assert.InRange(Difference(Floats($"{name}.{index}.w.f32"), ws), 0, Tolerance);
            Assert.InRange(Difference(Floats($"{name}.{index}.img.f32"), network.Synthesize(ws, noise)), 0, Tolerance);
            index++;
        }
        Assert.Equal(3, index);
    }

    [Fact]
    public void TheTransposedFormMakesTheSamePicture()
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Model model = ModelFile.Open(OfficialPickleTests.Data("dev16.pkl"));
        using StyleNetwork phases = StyleNetwork.Create(model);
        using StyleNetwork transposed = StyleNetwork.Create(model, new NetworkOptions { Transposed = true });
        Tensor ws = phases.Broadcast(phases.Map(phases.SeedZ(1, 2)));
        Assert.InRange(phases.Synthesize(ws).Sub(transposed.Synthesize(ws)).Abs().Max().Item(), 0, Tolerance);
    }

    private static float Difference(float[] expected, Tensor actual)
    {
        float[] values = actual.ToArray<float>();
        Assert.Equal(expected.Length, values.Length);
        float largest = 0;
        for (int i = 0; i < values.Length; i++)
            largest = Math.Max(largest, Math.Abs(values[i] - expected[i]));
        return largest;
    }

    private static float[] Floats(string name) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(OfficialPickleTests.Data(name))).ToArray();
}
