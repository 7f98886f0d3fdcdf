using System.Runtime.InteropServices;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Benchmarks;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Tests.Networks;
using Xunit;
using static AInimEngine.Neural.Tests.Decoding.StyleDecoderTests;

namespace AInimEngine.Neural.Tests.Decoding;

public sealed class FastDecodeTests : NativeTensorTest
{
    // Instruction sets: plain, AVX2, AVX-512, AVX-512 with bfloat16; those that the processor lacks give way to lesser ones.
    public static TheoryData<int> Levels => [0, 1, 2, 3];

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        float range = Math.Max(1, expected.Max(Math.Abs));
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
            worst = Math.Max(worst, Math.Abs(expected[i] - actual[i]) / range);
        Assert.InRange(worst, 0, tolerance);
    }

    private static void WithLevel(int level, Action body)
    {
        new TorchOp("ainim::style_level").CallNumber(level);
        try
        {
            body();
        }
        finally
        {
            new TorchOp("ainim::style_level").CallNumber(3);
        }
    }

    // The oracle: the network op by op.
    private static float[] Network(Model model, DecodeSettings settings, float phase)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using StyleNetwork network = StyleNetwork.Create(model, new NetworkOptions { Rows = settings.Rows, Columns = settings.Columns });
        var ws = new float[settings.Batch * network.Shape.Layers * network.Shape.WDim];
        Philox.Normal(5, 1, ws);
        Tensor input = Tensor.From(ws, settings.Batch, network.Shape.Layers, network.Shape.WDim);
        return network.Synthesize(input, settings.Noise, settings.NoiseSeed, phase).ToArray<float>();
    }

    private static ModelCard Card(ModelArchitecture architecture, string synthesis, params int[] channels) => new()
    {
        Name = "test",
        Architecture = architecture,
        Resolution = 4 << (channels.Length - 1),
        ZDim = 24,
        WDim = 24,
        MappingLayers = architecture == ModelArchitecture.FastGan ? 0 : 2,
        Synthesis = synthesis,
        Channels = channels,
        ConvClamp = synthesis == "resnet" ? 2 : 256,
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void Sg2FastEqualsTheNetwork(int level) => WithLevel(level, () =>
    {
        // Channels are no multiples of a vector, and more than two vectors.
        foreach (string synthesis in (string[])["skip", "orig", "resnet"])
        {
            Model model = TestModels.Filled(Card(ModelArchitecture.Sg2, synthesis, 7, 40, 19, 5), 1);
            foreach (NoiseMode noise in Enum.GetValues<NoiseMode>())
            {
                var settings = new DecodeSettings { Noise = noise, NoiseSeed = 3, Batch = 2, Columns = 7, Rows = 5 };
                float[] expected = Network(model, settings, 0.15f);
                AssertClose(expected, Planes(model, settings, DecodeForm.Fastest, [1, 0.15f]), 1e-5);
                AssertClose(expected, Planes(model, settings, DecodeForm.Plain, [1, 0.15f]), 1e-5);
            }
        }
    });

    [Theory]
    [MemberData(nameof(Levels))]
    public void SmFastEqualsTheNetwork(int level) => WithLevel(level, () =>
    {
        Model model = RandomStyleModel.Sm(64, 640, 40, 24);
        foreach ((int rows, int columns) in ((int, int)[])[(4, 4), (5, 7)])
        {
            var settings = new DecodeSettings { Batch = 2, Columns = columns, Rows = rows };
            float[] expected = Network(model, settings, 0);
            AssertClose(expected, Planes(model, settings, DecodeForm.Fastest), 1e-5);
            AssertClose(expected, Planes(model, settings, DecodeForm.Plain), 1e-5);
        }
    });

    [Fact]
    public void FastGanEqualsTheNetwork()
    {
        Model model = Calmed(TestModels.Filled(Card(ModelArchitecture.FastGan, "skip", 12, 10, 8, 6, 4, 4, 4), 1));
        foreach (NoiseMode noise in Enum.GetValues<NoiseMode>())
        {
            var settings = new DecodeSettings { Noise = noise, NoiseSeed = 3, Columns = 6 };
            AssertClose(Network(model, settings, 0.15f), Planes(model, settings, DecodeForm.Fastest, [1, 0.15f]), 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void BFloat16StaysAboveFortyDecibels(int level) => WithLevel(level, () =>
    {
        foreach (Model model in (Model[])[RandomStyleModel.Sg2(64, 2048, 64, 32), RandomStyleModel.Sm(64, 1024, 64, 32), ModelFile.Open(TrainedModel())])
        {
            float[] exact = Planes(model, new DecodeSettings(), DecodeForm.Fastest);
            float[] rounded = Planes(model, new DecodeSettings { Precision = DecodePrecision.BFloat16 }, DecodeForm.Fastest);
            Assert.InRange(PictureQuality.Psnr(exact, rounded), 40, 100);
        }
    });

    [Fact]
    public void EarlyExitIsThePictureSoFar()
    {
        Model model = RandomStyleModel.Sg2(64, 1024, 32, 16);
        var settings = new DecodeSettings { Resolution = 32, Columns = 6 };
        AssertClose(Planes(model, settings, DecodeForm.Plain), Planes(model, settings, DecodeForm.Fastest), 1e-5);
        Assert.Equal(3 * 32 * 48, Planes(model, settings, DecodeForm.Fastest).Length);
    }

    [Theory]
    [InlineData(DecodePrecision.Float32), InlineData(DecodePrecision.BFloat16)]
    public void SameInputGivesTheSameBitsOnAnyNumberOfThreads(DecodePrecision precision)
    {
        // Five threads cut Winograd's tiles in the middle of a vector's worth, and the rows into uneven pieces.
        var settings = new DecodeSettings { Precision = precision, Columns = 5 };
        int threads = Torch.NumThreads;
        try
        {
            foreach (Model model in (Model[])[RandomStyleModel.Sg2(128, 4096, 64, 16), RandomStyleModel.Sm(128, 4096, 64, 16)])
            {
                Torch.NumThreads = 1;
                float[] first = Planes(model, settings, DecodeForm.Fastest);
                foreach (int count in (int[])[1, 2, 3, 5])
                {
                    Torch.NumThreads = count;
                    Assert.Equal(first, Planes(model, settings, DecodeForm.Fastest));
                }
            }
        }
        finally
        {
            Torch.NumThreads = threads;
        }
    }

    [Theory]
    [InlineData(ModelArchitecture.Sg2), InlineData(ModelArchitecture.Sm)]
    public void BendsActAlikeInBothForms(ModelArchitecture architecture)
    {
        Model model = architecture == ModelArchitecture.Sg2 ? RandomStyleModel.Sg2(32, 512, 24, 16) : RandomStyleModel.Sm(32, 512, 24, 16);
        var bends = new List<Bend>();
        int layers = architecture == ModelArchitecture.Sg2 ? 8 : 7;
        var controls = new List<float> { 1, 0 };
        for (int layer = 0; layer < layers; layer++)
        {
            bends.Add(new Bend($"b{layer}", layer, layer % 2 == 0 ? BendOperation.FlipHorizontal : BendOperation.Multiply) { Share = 0.5f, Seed = 3 });
            controls.Add(0.3f);
        }
        var settings = new DecodeSettings { Bends = bends };
        float[] bent = Planes(model, settings, DecodeForm.Fastest, [.. controls]);
        AssertClose(Planes(model, settings, DecodeForm.Plain, [.. controls]), bent, 1e-5);
        float[] unmoved = Planes(model, settings, DecodeForm.Fastest, [1, 0, .. new float[layers]]);
        AssertClose(Planes(model, new DecodeSettings(), DecodeForm.Fastest), unmoved, 1e-5);
        Assert.True(bent.Zip(unmoved).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.01f);
    }

    [Fact]
    public void TenThousandPicturesAllocateNothing()
    {
        Model model = RandomStyleModel.Sg2(16, 128, 16, 8);
        var bend = new Bend("b", 2, BendOperation.Multiply);
        using StyleDecoder decoder = StyleDecoder.Create(model, new DecodeSettings { Noise = NoiseMode.Driven, Bends = [bend], Precision = DecodePrecision.BFloat16 });
        using var image = new Image(16, 16, PixelFormat.Rgba16F);
        float[] ws = Latent(decoder), controls = [1, 0.2f, 0.1f];
        for (int i = 0; i < 3_000; i++)
            decoder.Decode(ws, controls, image);
        long tensors = Tensor.LiveCount;
        long memory = ResidentBytes();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
            decoder.Decode(ws, controls, image);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(tensors, Tensor.LiveCount);
        // A leak of 100 bytes a picture; the runtime itself, which still compiles, moves by some hundred kilobytes.
        Assert.InRange(ResidentBytes() - memory, long.MinValue, 1_000_000);
    }

    // Convolutions that keep the magnitude: gates far from zero would turn rounding into differences.
    private static Model Calmed(Model model) => new(model.Card, model.Arrays.Select(array =>
    {
        float[] values = MemoryMarshal.Cast<byte, float>(array.Data.Span).ToArray();
        for (int i = 0; i < values.Length && array.Shape.Count == 4; i++)
            values[i] /= MathF.Sqrt(array.Count / (float)array.Shape[0]);
        return array with { Data = MemoryMarshal.AsBytes<float>(values).ToArray() };
    }));

    private static string TrainedModel()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AInimEngine.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("the test does not lie in the repository");
        return Path.Combine(folder, "presets", "models", "flames64.safetensors");
    }

    private static long ResidentBytes()
    {
        string[] fields = File.ReadAllText("/proc/self/statm").Split(' ');
        return long.Parse(fields[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
