namespace AInimEngine.Neural.Benchmarks;

/// <summary>What <see cref="TorchBenchmark"/> measured; seconds.</summary>
/// <param name="Call">One add of four floats through C#.</param>
/// <param name="BoxedCall">The same through the dispatcher by name, looped in C++.</param>
/// <param name="DirectCall">The same as <c>at::add</c>, looped in C++.</param>
/// <param name="ProgramStep">The same as a step of an op program.</param>
/// <param name="Conv2d">A convolution through C#.</param>
/// <param name="DirectConv2d">The same as <c>at::conv2d</c> in C++.</param>
/// <param name="PooledAdd">An add of 64 MB whose memory comes from the pool.</param>
/// <param name="UnpooledAdd">The same with memory from the system.</param>
public sealed record TorchBenchmarkResult(
    double Call,
    double BoxedCall,
    double DirectCall,
    double ProgramStep,
    double Conv2d,
    double DirectConv2d,
    double PooledAdd,
    double UnpooledAdd)
{
    /// <summary>What a call through C# costs above the op itself.</summary>
    public double CallOverhead => Call - DirectCall;

    /// <summary>Time of conv2d through C# over that of the same call in C++.</summary>
    public double Conv2dRatio => Conv2d / DirectConv2d;
}
