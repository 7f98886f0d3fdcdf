namespace AInimEngine.Neural.Tests;

/// <summary>What is not an op: seeds, types under autocast, threads, leaks.</summary>
public sealed class StateTests(ITestOutputHelper output) : NativeTensorTest
{
    [Fact]
    public void TheSameSeedGivesTheSameNumbers()
    {
        using var first = new Generator(42);
        using var second = new Generator(42);
        using var other = new Generator(43);
        using var scope = new TensorScope();
        float[] numbers = Torch.Randn([100], first).ToArray<float>();
        Assert.Equal(numbers, Torch.Randn([100], second).ToArray<float>());
        Assert.NotEqual(numbers, Torch.Randn([100], other).ToArray<float>());
        Assert.NotEqual(numbers, Torch.Randn([100], first).ToArray<float>());
        first.ManualSeed(42);
        Assert.Equal(numbers, Torch.Randn([100], first).ToArray<float>());
        Assert.InRange(Torch.Rand([1000], first).Mean().Item(), 0.45, 0.55);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), Torch.Randperm(50, first).ToArray<long>().Order());
        Assert.All(Torch.Randint(3, 6, [100], first).ToArray<long>(), n => Assert.InRange(n, 3, 5));
    }

    [Fact]
    public void AGeneratorGoesOnFromASavedState()
    {
        using var generator = new Generator(1);
        using var scope = new TensorScope();
        Torch.Randn([7], generator);
        Tensor state = generator.GetState();
        float[] numbers = Torch.Randn([7], generator).ToArray<float>();
        using var other = new Generator(999);
        other.SetState(state);
        Assert.Equal(numbers, Torch.Randn([7], other).ToArray<float>());
    }

    [Fact]
    public void ManualSeedSeedsTheDefaultGenerator()
    {
        using var scope = new TensorScope();
        Torch.ManualSeed(11);
        float[] numbers = Torch.Rand([10]).ToArray<float>();
        Torch.ManualSeed(11);
        Assert.Equal(numbers, Torch.Rand([10]).ToArray<float>());
        using var generator = new Generator(11);
        Assert.Equal(numbers, Torch.Rand([10], generator).ToArray<float>());
    }

    [Fact]
    public void AutocastMultipliesInBFloat16AndEndsWhereItWasBegun()
    {
        using var scope = new TensorScope();
        Tensor x = Torch.Ones([4, 4]);
        Assert.Equal(ScalarType.Float32, x.Mm(x).Dtype);
        using (Torch.Autocast(DeviceType.Cpu))
        {
            Assert.Equal(ScalarType.BFloat16, x.Mm(x).Dtype);
            Assert.Equal(ScalarType.Float32, x.Sin().Dtype);
            using (Torch.Autocast(DeviceType.Cpu, enabled: false))
                Assert.Equal(ScalarType.Float32, x.Mm(x).Dtype);
            Assert.Equal(ScalarType.BFloat16, x.Mm(x).Dtype);
        }
        Assert.Equal(ScalarType.Float32, x.Mm(x).Dtype);
    }

    [Fact]
    public void GradientsFlowThroughAutocast()
    {
        using var scope = new TensorScope();
        Tensor weight = Torch.Ones([4, 4]).RequiresGrad_();
        using (Torch.Autocast(DeviceType.Cpu))
            Torch.Ones([2, 4]).Mm(weight).Sum().Backward();
        Assert.Equal(ScalarType.Float32, weight.Grad!.Dtype);
        Assert.All(weight.Grad!.ToArray<float>(), value => Assert.Equal(2, value));
    }

    [Fact]
    public void ThreadsCallOpsAtTheSameTimeAndGetTheirOwnErrors()
    {
        const int Threads = 6, Rounds = 300;
        var failures = new Exception?[Threads];
        var threads = new Thread[Threads];
        for (int t = 0; t < Threads; t++)
        {
            int mine = t;
            threads[t] = new Thread(() =>
            {
                try
                {
                    for (int round = 0; round < Rounds; round++)
                    {
                        using var scope = new TensorScope();
                        Tensor x = Torch.Full([mine + 1, 3], mine).RequiresGrad_(mine % 2 == 0);
                        Tensor sum = x.Square().Sum();
                        Assert.Equal(3.0 * (mine + 1) * mine * mine, sum.Item());
                        if (mine % 2 == 0)
                            sum.Backward();
                        TorchException error = Assert.Throws<TorchException>(() => x.Mm(Torch.Ones([5, 1])));
                        Assert.Contains($"Float[{mine + 1}, 3]", error.Message);
                    }
                }
                catch (Exception error)
                {
                    failures[mine] = error;
                }
            })
            { Name = $"ops {t}" };
            threads[t].Start();
        }
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(failures, Assert.Null);
    }

    [Fact]
    public void AHundredThousandOpsLeakNothing()
    {
        const int Rounds = 20_000;
        using Tensor x = Torch.Ones([64]);
        using Tensor parameter = Torch.Ones([64]).RequiresGrad_();
        Tensor[] list = [x, parameter];
        long live = Tensor.LiveCount, memory = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // The first quarter fills allocators, caches and compiled code.
            if (round == Rounds / 4)
                memory = Environment.WorkingSet;
            using var scope = new TensorScope();
            Tensor y = x.Mul(parameter).Sin();
            Torch.Cat(list).Chunk(2)[0].Add(1);
            y.Sum().Backward();
            parameter.Grad = null;
            if (round % 100 == 0)
                Assert.Throws<TorchException>(() => x.Mm(x));
        }
        long growth = Environment.WorkingSet - memory;
        output.WriteLine($"{Rounds * 7} ops, {growth >> 10} KiB more resident");
        Assert.Equal(live, Tensor.LiveCount);
        Assert.InRange(growth, long.MinValue, 16 << 20);
    }

    [Fact]
    public void TheMemoryPoolKeepsNoMoreThanItsLimit()
    {
        try
        {
            Torch.SetMemoryPoolLimit(10 << 20);
            for (int i = 1; i <= 20; i++)
                Torch.Empty([i << 18]).Dispose();
            Assert.InRange(Torch.MemoryPoolBytes, 1, 10 << 20);
            nint first, second;
            using (Tensor x = Torch.Empty([1 << 20]))
                first = x.DataPtr;
            using (Tensor x = Torch.Empty([1 << 20]))
                second = x.DataPtr;
            Assert.Equal(first, second);
            Torch.SetMemoryPoolLimit(0);
            Assert.Equal(0, Torch.MemoryPoolBytes);
        }
        finally
        {
            Torch.SetMemoryPoolLimit(Torch.DefaultMemoryPoolLimit);
        }
    }

    [Fact]
    public void ThreadsOfAnOpCanBeSet()
    {
        int before = Torch.NumThreads;
        try
        {
            Torch.NumThreads = before + 1;
            Assert.Equal(before + 1, Torch.NumThreads);
        }
        finally
        {
            Torch.NumThreads = before;
        }
    }
}
