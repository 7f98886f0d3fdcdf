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

    [Fact]
    public void ARunAllocatesNoManagedMemory()
    {
        using var network = new Network();
        using OpProgram program = network.Record();
        using var image = new Image(Width, Height, PixelFormat.Rgba16F);
        using Tensor latent = Tensor.From(SomeLatent(3), 1, Latent), colours = Torch.Zeros([Height * Width, 4]);
        float* memory = stackalloc float[Latent];
        for (int warm = 0; warm < 100; warm++)
            Frame();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int frame = 0; frame < 1000; frame++)
            Frame();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Frame()
        {
            program.Run([ProgramBuffer.Memory(memory, Latent)], [ProgramBuffer.Memory((Half*)image.Pointer, Width * Height * 4)]);
            program.Run([latent], [colours]);
        }
    }

    [Fact]
    public void OutputsAreConvertedToTheTensorsGiven()
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input();
        b.Output(b.Mul(x, 2));
        b.Output(b.T(x));
        using OpProgram program = b.Build();
        using Tensor input = Tensor.From<float>([1, 2, 3, 4, 5, 6], 2, 3);
        using Tensor doubled = Torch.Zeros([2, 3], ScalarType.Int64), turned = Torch.Zeros([3, 2], ScalarType.Float64);
        program.Run([input], [doubled, turned]);
        Assert.Equal([2, 4, 6, 8, 10, 12], doubled.ToArray<long>());
        Assert.Equal([1, 4, 2, 5, 3, 6], turned.ToArray<double>());
    }

    [Fact]
    public void AnOutVariantWritesIntoTheCallersMemory()
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input(ScalarType.Float32, 3), target = b.Input(ScalarType.Float32, 3);
        b.Call("aten::mul.out", x, x, target);
        using OpProgram program = b.Build();
        float[] source = [1, 2, 3], result = new float[3];
        fixed (float* from = source, to = result)
            program.Run([ProgramBuffer.Memory(from, 3), ProgramBuffer.Memory(to, 3)], []);
        Assert.Equal([1, 4, 9], result);
    }

    [Fact]
    public void PartsOfAnImageAreWrittenByTheStepsOfOneRun()
    {
        const int Parts = 3, Rows = Height / Parts;
        using var image = new Image(Width, Height, PixelFormat.Rgba16F);
        using var scope = new TensorScope();
        using var generator = new Generator(1);
        // [N, H, W, C] in memory, [N, C, H, W] to the eye: channels last, so a 1x1 convolution is a dense layer per pixel.
        Tensor grid = Torch.Randn([1, Height, Width, 3], generator).Permute(0, 3, 1, 2);
        Tensor weight = Torch.Randn([4, 3, 1, 1], generator), bias = Torch.Randn([4], generator);
        using var b = new OpProgramBuilder();
        Slot pixels = b.Input(ScalarType.Float16, Height, Width, 4);
        for (int part = 0; part < Parts; part++)
        {
            Slot colours = b.Sigmoid_(b.Conv2d(grid.Narrow(2, part * Rows, Rows), weight, bias));
            b.Copy_(b.Narrow(pixels, 0, part * Rows, Rows), b.Permute(b.Squeeze(colours, 0), 1, 2, 0));
        }
        using OpProgram program = b.Build();
        program.Run([ProgramBuffer.Memory((Half*)image.Pointer, Width * Height * 4)], []);

        float[] points = grid.Permute(0, 2, 3, 1).ToArray<float>(), w = weight.ToArray<float>(), shift = bias.ToArray<float>();
        Half[] actual = image.As<Half>().ToArray();
        for (int i = 0; i < actual.Length; i++)
        {
            int pixel = i / 4, channel = i % 4;
            double sum = shift[channel];
            for (int k = 0; k < 3; k++)
                sum += points[pixel * 3 + k] * w[channel * 3 + k];
            Assert.Equal(1 / (1 + Math.Exp(-sum)), (double)actual[i], 1e-3);
        }
    }

    [Fact]
    public void ABufferKeepsItsValuesFromRunToRun()
    {
        using var b = new OpProgramBuilder();
        Slot sum = b.Buffer(ScalarType.Float32, 2);
        b.Output(b.Add_(sum, b.Input()));
        using OpProgram program = b.Build();
        using Tensor x = Tensor.From<float>([1, 10]);
        for (int run = 1; run <= 3; run++)
        {
            using Tensor result = program.Run(x)[0];
            Assert.Equal([run, 10 * run], result.ToArray<float>());
        }
    }

    [Fact]
    public void ConstantsLiveAsLongAsTheProgram()
    {
        using var b = new OpProgramBuilder();
        using (Tensor three = Torch.Full([2], 3))
            b.Output(b.Mul(b.Input(), three));
        OpProgram program = b.Build();
        using Tensor two = Torch.Full([2], 2);
        using (Tensor six = program.Run(two)[0])
            Assert.Equal([6f, 6f], six.ToArray<float>());
        program.Dispose();
        Assert.Throws<ObjectDisposedException>(() => program.Run(two));
    }

    [Fact]
    public void ListsGoInAndComeApart()
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input(), index = b.Input();
        Slot[] halves = b.Unpack(b.Chunk(x, 2, 1), 2);
        b.Output(b.Cat([halves[1], halves[0]], 1));
        b.Output(b.Call("aten::index.Tensor", x, new[] { Slot.None, index }));
        Slot[] sorted = b.CallAll("aten::sort", x, 1, true);
        b.Output(sorted[0]);
        b.Output(sorted[1]);
        using OpProgram program = b.Build();
        using Tensor input = Tensor.From<float>([1, 2, 3, 4], 1, 4), picks = Tensor.From<long>([3, 0]);
        using var scope = new TensorScope();
        Tensor[] results = program.Run(input, picks);
        Assert.Equal([3, 4, 1, 2], results[0].ToArray<float>());
        Assert.Equal([4, 1], results[1].ToArray<float>());
        Assert.Equal([4, 3, 2, 1], results[2].ToArray<float>());
        Assert.Equal([3, 2, 1, 0], results[3].ToArray<long>());
    }

    [Fact]
    public void IntermediatesAreFreedAtTheirLastUse()
    {
        const int Steps = 40, Bytes = 4 << 20;
        using var b = new OpProgramBuilder();
        Slot x = b.Input();
        for (int i = 0; i < Steps; i++)
            x = b.Add(x, 1);
        b.Output(b.Sum(x));
        using OpProgram program = b.Build();
        try
        {
            // With an empty pool, what lies in it after the run is the most that was alive at once.
            Torch.SetMemoryPoolLimit(0);
            Torch.SetMemoryPoolLimit(Torch.DefaultMemoryPoolLimit);
            using Tensor input = Torch.Zeros([Bytes / 4]);
            using Tensor sum = program.Run(input)[0];
            Assert.Equal(Steps * (Bytes / 4.0), sum.Item());
            Assert.InRange(Torch.MemoryPoolBytes, Bytes, 2 * Bytes);
        }
        finally
        {
            Torch.SetMemoryPoolLimit(0);
            Torch.SetMemoryPoolLimit(Torch.DefaultMemoryPoolLimit);
        }
    }

    [Fact]
    public void AnErrorNamesTheStepTheOpAndTheShapesAndTheProgramRunsOn()
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input();
        using Tensor weight = Torch.Ones([3, 2]);
        b.Output(b.Matmul(b.Sin(x), weight));
        using OpProgram program = b.Build();
        using Tensor good = Torch.Ones([1, 3]), bad = Torch.Ones([1, 4]);
        for (int i = 0; i < 3; i++)
        {
            TorchException error = Assert.Throws<TorchException>(() => program.Run(bad));
            Assert.StartsWith("aten::matmul(Float[1, 4], Float[3, 2]): step 2 of 2: ", error.Message);
            program.Run(good)[0].Dispose();
        }
    }

    [Fact]
    public void WrongBindingsAreRefused()
    {
        using var b = new OpProgramBuilder();
        Slot declared = b.Input(ScalarType.Float32, -1, 3), open = b.Input();
        b.Output(b.Add(declared, open));
        using OpProgram program = b.Build();
        using Tensor right = Torch.Ones([2, 3]), shape = Torch.Ones([3, 2]), type = Torch.Ones([2, 3], ScalarType.Float64), small = Torch.Ones([1]);
        program.Run([right, right], [right]);
        Assert.Equal(2, right.ToArray<float>()[0]);
        Assert.Contains("input 0 takes Float[-1, 3], not Float[3, 2]", Refused([shape, right], [right]));
        Assert.Contains("not Double[2, 3]", Refused([type, right], [right]));
        Assert.Contains("takes 2 inputs, not 1", Refused([right], [right]));
        Assert.Contains("has 1 outputs, not 0", Refused([right, right], []));
        Assert.Contains("output 0 is Float[2, 3], the tensor given Float[1]", Refused([right, right], [small]));
        float value = 0;
        Assert.Contains("takes a tensor, not memory", Refused([right, ProgramBuffer.Memory(&value, 1)], [right]));
        Assert.Contains("takes 24 bytes, the memory given has 4", Refused([right, right], [ProgramBuffer.Memory(&value, 1)]));
        Assert.Contains("bound to nothing", Refused([right, default], [right]));

        string Refused(ProgramBuffer[] inputs, ProgramBuffer[] outputs) =>
            Assert.Throws<TorchException>(() => program.Run(inputs, outputs)).Message;
    }

    [Fact]
    public void WrongStepsAreRefusedWhileRecording()
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input();
        Assert.Contains("aten::sin: argument 'self' takes Tensor, not float", Assert.Throws<TorchException>(() => b.Call("aten::sin", 1.0)).Message);
        Assert.Contains("is not of this program", Assert.Throws<TorchException>(() => b.Sin(new Slot(99))).Message);
        Assert.Contains("no op", Assert.Throws<TorchException>(() => b.Call("aten::nothing", x)).Message);
        Assert.Throws<InvalidOperationException>(() => b.Call("aten::sort", x));
        b.Output(x);
        using OpProgram program = b.Build();
        Assert.Contains("takes no more steps", Assert.Throws<TorchException>(() => b.Sin(x)).Message);
    }

    [Fact]
    public void ATrainingProgramIsDifferentiated()
    {
        using var b = new OpProgramBuilder(training: true);
        Slot x = b.Input();
        b.Output(b.Sum(b.Square(x)));
        using OpProgram program = b.Build();
        using var scope = new TensorScope();
        Tensor value = Tensor.From([1.0, 2.0]).RequiresGrad_();
        program.Run(value)[0].Backward();
        Assert.Equal([2.0, 4.0], value.Grad!.ToArray<double>());
    }

    [Fact]
    public void ResultsBelowAutogradCanBeUsedInGraphs()
    {
        using var b = new OpProgramBuilder();
        b.Output(b.Square(b.Input()));
        using OpProgram program = b.Build();
        using var scope = new TensorScope();
        Tensor value = Tensor.From([3.0]).RequiresGrad_();
        Tensor square = program.Run(value)[0];
        Assert.False(square.RequiresGrad);
        value.Mul(square).Backward();
        Assert.Equal(9, value.Grad!.Item());
    }

    [Fact]
    public void ProgramsRunOnSeveralThreadsOneEach()
    {
        using var network = new Network();
        using Tensor latent = Tensor.From(SomeLatent(1), 1, Latent);
        using Tensor expected = network.OpByOp(latent);
        float[] wanted = expected.ToArray<float>();
        var failures = new Exception?[4];
        Thread[] threads = Enumerable.Range(0, failures.Length).Select(t => new Thread(() =>
        {
            try
            {
                using OpProgram program = network.Record();
                for (int run = 0; run < 100; run++)
                {
                    using Tensor result = program.Run(latent)[0];
                    Assert.Equal(wanted, result.ToArray<float>());
                }
            }
            catch (Exception error)
            {
                failures[t] = error;
            }
        })).ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(failures, Assert.Null);
    }

    [Fact]
    public void TheListingShowsTheSteps()
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input();
        b.Output(b.Permute(b.Mul(x, 2.5), 1, 0));
        using OpProgram program = b.Build();
        Assert.Equal("%1 = aten::mul.Scalar(%0, 2.5)\n%2 = aten::permute(%1, [1, 0])", program.ToString());
        Assert.Equal((1, 1, 2), (program.InputCount, program.OutputCount, program.StepCount));
    }

    [Fact]
    public void AnUnfinishedProgramIsLetGo()
    {
        using var b = new OpProgramBuilder();
        b.Sin(b.Input());
    }
}
