using AInimEngine.Core.Errors;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Decoding.Bends;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Tests.Decoding;

public sealed unsafe class BendProgramTests : NativeTensorTest
{
    private const int Channels = 16, Size = 16;

    private static OpProgram Record(ScalarType type, params Bend[] bends)
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input(ScalarType.Float32, 1, Channels, Size, Size), amounts = b.Input(ScalarType.Float32, bends.Length);
        var target = new BendTarget(1, Channels, Size, Size) { Type = type, Layout = MemoryFormat.ChannelsLast };
        x = b.Contiguous(b.To(x, type), MemoryFormat.ChannelsLast);
        for (int i = 0; i < bends.Length; i++)
            x = BendRecorder.Record(b, x, target, bends[i], b.Narrow(amounts, 0, i, 1));
        b.Output(b.To(x, ScalarType.Float32));
        return b.Build();
    }

    [Fact]
    public void AllBendsInOneProgramMoveEveryFrameWithoutManagedOrNativeGrowth()
    {
        Bend[] bends = [.. Enum.GetValues<BendOperation>().Select((operation, i) => new Bend($"b{i}", 0, operation) { Share = i % 2 == 0 ? 1 : 0.5f, Seed = (ulong)i })];
        using OpProgram program = Record(ScalarType.BFloat16, bends);
        var x = new float[Channels * Size * Size];
        Core.Randomness.Philox.Normal(3, 3, x);
        var result = new float[x.Length];
        var amounts = new float[bends.Length];
        fixed (float* input = x, moved = amounts, output = result)
        {
            for (int frame = 0; frame < 20; frame++)
                Frame(frame, input, moved, output);
            long managed = GC.GetAllocatedBytesForCurrentThread(), native = Tensor.LiveCount;
            for (int frame = 0; frame < 200; frame++)
                Frame(frame, input, moved, output);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - managed);
            Assert.Equal(native, Tensor.LiveCount);
            float[] last = [.. result];
            Frame(7, input, moved, output);
            Assert.NotEqual(last, result);
        }

        void Frame(int frame, float* input, float* moved, float* output)
        {
            for (int i = 0; i < bends.Length; i++)
                amounts[i] = 0.1f * MathF.Sin(frame + i);
            program.Run(
                [ProgramBuffer.Memory(input, Channels * Size * Size), ProgramBuffer.Memory(moved, bends.Length)],
                [ProgramBuffer.Memory(output, Channels * Size * Size)]);
        }
    }

    [Fact]
    public void ASlowAmountMovesInBfloat16Too()
    {
        // bfloat16 knows no number between 1 and 1.0078: a factor of 1.003 that was rounded to it would move nothing.
        using OpProgram program = Record(ScalarType.BFloat16, new Bend("slow", 0, BendOperation.Multiply));
        using var scope = new TensorScope();
        Tensor x = Tensor.From([.. Enumerable.Range(0, Channels * Size * Size).Select(i => 1 + i / 128f)], 1L, Channels, Size, Size);
        Tensor rounded = x.To(ScalarType.BFloat16).To(ScalarType.Float32);
        float[] moved = program.Run(x, Tensor.From([0.003f]))[0].ToArray<float>();
        Assert.Equal(rounded.Mul(1.003f).To(ScalarType.BFloat16).To(ScalarType.Float32).ToArray<float>(), moved);
        Assert.NotEqual(rounded.ToArray<float>(), moved);
    }

    [Theory]
    [InlineData("up down", 0, 0f, 1f, "an id is 1 to 64 lower-case letters")]
    [InlineData("Up", 0, 0f, 1f, "an id is 1 to 64 lower-case letters")]
    [InlineData("up", 14, 0f, 1f, "bend 'up' (Erode): the network has layers 0 to 13, not 14")]
    [InlineData("up", -1, 0f, 1f, "layers 0 to 13, not -1")]
    [InlineData("up", 0, 1.5f, 1f, "a radius is a whole number of pixels up to 64, not 1.5")]
    [InlineData("up", 0, 65f, 1f, "a radius is a whole number")]
    [InlineData("up", 0, float.NaN, 1f, "a radius is a whole number")]
    [InlineData("up", 0, 1f, 1.5f, "a share of channels is 0 to 1, not 1.5")]
    [InlineData("up", 0, 1f, float.NaN, "a share of channels is 0 to 1")]
    public void BendsThatDoNotFitAreRefusedInWords(string id, int layer, float parameter, float share, string words)
    {
        AInimException error = Assert.Throws<AInimException>(() => BendCheck.All([new Bend(id, layer, BendOperation.Erode) { Parameter = parameter, Share = share }], 14));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Preset, error.ExitCode);
    }

    [Fact]
    public void TwoBendsOfOneIdAreRefused()
    {
        var bend = new Bend("a", 0, BendOperation.Add);
        Assert.Contains("two bends", Assert.Throws<AInimException>(() => BendCheck.All([bend, bend with { Layer = 1 }], 14)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 3, 16 }, "bend 'up' (Add): layer 2 has channels 0 to 15, not 16")]
    [InlineData(new[] { -1 }, "channels 0 to 15, not -1")]
    [InlineData(new[] { 3, 4, 3 }, "channel 3 is named twice")]
    public void ChannelsThatAreNotThereAreRefusedInWords(int[] channels, string words)
    {
        AInimException error = Assert.Throws<AInimException>(() => Record(ScalarType.Float32, new Bend("up", 2, BendOperation.Add) { Channels = channels }));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
