using AInimEngine.Neural.Benchmarks;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
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

    [Theory]
    [MemberData(nameof(Levels))]
    public void Sg2FastEqualsPlain(int level) => WithLevel(level, () =>
    {
        foreach (string synthesis in (string[])["skip", "orig"])
        {
            Model model = RandomStyleModel.Sg2(32, 640, 40, 24, synthesis);
            foreach (NoiseMode noise in Enum.GetValues<NoiseMode>())
            {
                var settings = new DecodeSettings { Noise = noise, NoiseSeed = 3, Batch = 2, Columns = 7, Rows = 5 };
                float[] controls = [0.7f, 0.15f];
                AssertClose(Planes(model, settings, DecodeForm.Plain, controls), Planes(model, settings, DecodeForm.Fastest, controls), 1e-5);
            }
        }
    });

    [Theory]
    [MemberData(nameof(Levels))]
    public void SmFastEqualsPlain(int level) => WithLevel(level, () =>
    {
        Model model = RandomStyleModel.Sm(64, 640, 40, 24);
        var settings = new DecodeSettings { Batch = 2, Columns = 7, Rows = 5 };
        AssertClose(Planes(model, settings, DecodeForm.Plain), Planes(model, settings, DecodeForm.Fastest), 1e-5);
    });
}
