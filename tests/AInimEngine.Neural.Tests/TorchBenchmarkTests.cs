using AInimEngine.Neural.Benchmarks;

namespace AInimEngine.Neural.Tests;

public sealed class TorchBenchmarkTests(ITestOutputHelper output) : NativeTensorTest
{
    [Fact]
    public void CallsCostAtMostThreeMicrosecondsAboveTheOpAndConvolutionsNothing()
    {
        var text = new StringWriter();
        TorchBenchmarkResult result = TorchBenchmark.Run(text);
        output.WriteLine(text.ToString());
        Assert.InRange(result.CallOverhead, 0, 3e-6);
        Assert.InRange(result.Conv2dRatio, 0.8, 1.2);
        Assert.True(result.ProgramStep < result.Call, "a step of a program costs less than a call");
    }
}
