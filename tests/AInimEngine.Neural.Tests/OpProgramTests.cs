using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Tests;

public sealed unsafe class OpProgramTests : NativeTensorTest
{
    private const int Height = 9, Width = 16, Hidden = 24, Latent = 8;

    /// <summary>A small picture network, the pattern of the field generator, op by op and as a program.</summary>
    private sealed class Network : IDisposable
    {
        private readonly TensorScope _scope = new();
        public readonly Tensor Grid, Weight1, Bias1, Weight2, Bias2, Film, Head, HeadBias;

        public Network()
        {
            using var generator = new Generator(7);
            Tensor Draw(params long[] shape) => Torch.Randn(shape, generator);
            Grid = Draw(Height * Width, 3);
            Weight1 = Draw(3, Hidden);
            Bias1 = Draw(Hidden);
            Weight2 = Draw(Hidden, Hidden);
            Bias2 = Draw(Hidden);
            Film = Draw(Latent, Hidden);
            Head = Draw(Hidden, 4);
            HeadBias = Draw(4);
        }

        public Tensor OpByOp(Tensor latent)
        {
            using var scope = new TensorScope();
            Tensor hidden = Bias1.Addmm(Grid, Weight1).Sin();
            Tensor film = latent.Matmul(Film);
            hidden = Bias2.Addmm(hidden.Mul(film.Add(1)), Weight2).Tanh();
            return scope.Keep(HeadBias.Addmm(hidden, Head).Sigmoid());
        }

        public OpProgram Record()
        {
            using var b = new OpProgramBuilder();
            Slot latent = b.Input(ScalarType.Float32, 1, Latent);
            Slot hidden = b.Sin_(b.Addmm(Bias1, Grid, Weight1));
            Slot film = b.Add_(b.Matmul(latent, Film), 1);
            hidden = b.Tanh_(b.Addmm(Bias2, b.Mul_(hidden, film), Weight2));
            b.Output(b.Sigmoid_(b.Addmm(HeadBias, hidden, Head)));
            return b.Build();
        }

        public void Dispose() => _scope.Dispose();
    }

    private static float[] SomeLatent(int seed)
    {
        using var generator = new Generator((ulong)seed);
        using Tensor latent = Torch.Randn([1, Latent], generator);
        return latent.ToArray<float>();
    }

    [Fact]
    public void ProgramGivesBitForBitWhatTheOpsGiveOneByOne()
    {
        using var network = new Network();
        using OpProgram program = network.Record();
        for (int seed = 0; seed < 5; seed++)
        {
            float[] values = SomeLatent(seed);
            using Tensor latent = Tensor.From(values, 1, Latent);
            using Tensor expected = network.OpByOp(latent);
            using Tensor actual = program.Run(latent)[0];
            Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
        }
    }

    [Fact]
    public void ProgramWritesHalfFloatsIntoAnImage()
    {
        using var network = new Network();
        using OpProgram program = network.Record();
        using var image = new Image(Width, Height, PixelFormat.Rgba16F);
        float[] values = SomeLatent(3);
        fixed (float* latent = values)
            program.Run(
                [ProgramBuffer.Memory(latent, values.Length)],
                [ProgramBuffer.Memory((Half*)image.Pointer, Width * Height * 4)]);
        using Tensor tensor = Tensor.From(values, 1, Latent);
        using Tensor expected = network.OpByOp(tensor);
        using Tensor half = expected.To(ScalarType.Float16);
        Assert.Equal(half.ToArray<Half>(), image.As<Half>().ToArray());
    }
}
