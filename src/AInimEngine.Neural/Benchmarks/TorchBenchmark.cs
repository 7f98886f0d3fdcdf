using System.Diagnostics;
using AInimEngine.Neural.Interop;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Benchmarks;

/// <summary>
/// What the way from C# to libtorch costs, against the same work looped in C++. Both sides take turns in short batches,
/// and each is judged by its fastest batch, so that what else the machine does falls on neither.
/// </summary>
public static unsafe class TorchBenchmark
{
    private const int Batches = 40;
    private const int CallsPerBatch = 500;
    private const int ProgramSteps = 100;

    /// <summary>Measures and prints; takes some seconds.</summary>
    public static TorchBenchmarkResult Run(TextWriter output)
    {
        TorchInfo info = TorchInfo.Read();
        output.WriteLine($"libtorch {info.Version}, {info.CpuCapability}, {info.Threads} threads, {info.LibraryPath}");
        output.WriteLine($"BLAS {string.Join(", ", info.BlasPaths)}{(info.HasFastBlas ? "" : " (slow: install libopenblas0-pthread)")}");

        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        (double call, double boxed, double direct) = MeasureCall();
        double step = MeasureProgramStep();
        (double conv, double convDirect) = MeasureConv2d();
        (double pooled, double unpooled) = MeasurePool();
        var result = new TorchBenchmarkResult(call, boxed, direct, step, conv, convDirect, pooled, unpooled);

        output.WriteLine($"add of [4]       C# {call * 1e6:F2} us   boxed in C++ {boxed * 1e6:F2} us   at::add {direct * 1e6:F2} us");
        output.WriteLine($"overhead         {result.CallOverhead * 1e6:F2} us a call above at::add (target at most 3)");
        output.WriteLine($"program step     {step * 1e6:F2} us, of which dispatch and kernel {boxed * 1e6:F2}");
        output.WriteLine($"conv2d 32 to 32  C# {conv * 1e3:F3} ms   at::conv2d {convDirect * 1e3:F3} ms   ratio {result.Conv2dRatio:F3}");
        output.WriteLine($"add of 64 MB     with memory pool {pooled * 1e3:F2} ms   without {unpooled * 1e3:F2} ms");
        return result;
    }

    private static (double Managed, double Boxed, double Direct) MeasureCall()
    {
        Tensor left = Torch.Ones([4]), right = Torch.Ones([4]);
        NativeValue* arguments = stackalloc NativeValue[2];
        arguments[0] = new NativeValue { Tag = NativeTag.Tensor, Pointer = left.Handle.DangerousGetHandle() };
        arguments[1] = new NativeValue { Tag = NativeTag.Tensor, Pointer = right.Handle.DangerousGetHandle() };
        double managed = double.MaxValue, boxed = double.MaxValue, direct = double.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < CallsPerBatch; i++)
                left.Add(right).DetachFromScope().Dispose();
            managed = Math.Min(managed, Stopwatch.GetElapsedTime(start).TotalSeconds / CallsPerBatch);
            boxed = Math.Min(boxed, NativeMethods.BenchOp(Ops.Add.Native, arguments, 2, CallsPerBatch) / CallsPerBatch);
            direct = Math.Min(direct, NativeMethods.BenchAdd(left.Handle, right.Handle, CallsPerBatch) / CallsPerBatch);
        }
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        return (managed, boxed, direct);
    }

    private static double MeasureProgramStep()
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input(ScalarType.Float32, 4);
        Slot one = b.Constant(Torch.Ones([4]));
        for (int i = 0; i < ProgramSteps; i++)
            x = b.Add(x, one);
        b.Output(x);
        using OpProgram program = b.Build();
        Tensor input = Torch.Zeros([4]), output = Torch.Zeros([4]);
        double fastest = double.MaxValue;
        for (int batch = 0; batch < Batches * 5; batch++)
        {
            long start = Stopwatch.GetTimestamp();
            program.Run([input], [output]);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds / ProgramSteps);
        }
        return fastest;
    }

    private static (double Managed, double Direct) MeasureConv2d()
    {
        using var generator = new Generator(1);
        Tensor image = Torch.Randn([1, 32, 128, 128], generator);
        Tensor weight = Torch.Randn([32, 32, 3, 3], generator), bias = Torch.Zeros([32]);
        double managed = double.MaxValue, direct = double.MaxValue;
        for (int batch = 0; batch < Batches * 2; batch++)
        {
            long start = Stopwatch.GetTimestamp();
            image.Conv2d(weight, bias, padding: 1).DetachFromScope().Dispose();
            managed = Math.Min(managed, Stopwatch.GetElapsedTime(start).TotalSeconds);
            direct = Math.Min(direct, NativeMethods.BenchConv2d(image.Handle, weight.Handle, bias.Handle, 1, 1));
        }
        return (managed, direct);
    }

    private static (double Pooled, double Unpooled) MeasurePool()
    {
        Tensor large = Torch.Ones([16 << 20]);
        double pooled = double.MaxValue, unpooled = double.MaxValue;
        for (int batch = 0; batch < Batches / 4; batch++)
        {
            NativeMethods.PoolSetLimit(0);
            unpooled = Math.Min(unpooled, One());
            NativeMethods.PoolSetLimit(Torch.DefaultMemoryPoolLimit);
            One();
            pooled = Math.Min(pooled, One());
        }
        return (pooled, unpooled);

        double One()
        {
            long start = Stopwatch.GetTimestamp();
            large.Add(large).DetachFromScope().Dispose();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
