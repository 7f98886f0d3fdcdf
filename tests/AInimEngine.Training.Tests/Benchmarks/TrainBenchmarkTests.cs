using AInimEngine.Training.Benchmarks;

namespace AInimEngine.Training.Tests.Benchmarks;

public sealed class TrainBenchmarkTests : NativeTensorTest
{
    [Fact]
    public void WithoutPyTorchItTellsItsOwnSpeedAndWhatIsMissing()
    {
        using var output = new StringWriter();
        TrainBenchmark.Run(output, typeof(TrainBenchmarkTests).Assembly.Location, "no-such-python", 1, [16]);
        string said = output.ToString();
        Assert.Contains("ainim fp32", said, StringComparison.Ordinal);
        Assert.Contains("ainim bf16", said, StringComparison.Ordinal);
        Assert.Contains("no PyTorch beside it", said, StringComparison.Ordinal);
    }
}
