using AInimEngine.Neural.Benchmarks;

namespace AInimEngine.Neural.Tests;

public sealed class TorchBenchmarkTests(ITestOutputHelper output) : NativeTensorTest
{
    [Fact]
    public void CallsCostAtMostThreeMicrosecondsAboveTheOpAndConvolutionsNearlyNothing()
    {
        var text = new StringWriter();
        TorchBenchmarkResult result = TorchBenchmark.Run(text);
        output.WriteLine(text.ToString());
        Assert.InRange(result.CallOverhead, 0, 3e-6);
        // Near 1 on an idle machine; the margin is for one whose cores others use, where both sides vary.
        Assert.InRange(result.Conv2dRatio, 0.5, 1.5);
        Assert.True(result.ProgramStep < result.Call, "a step of a program costs less than a call");
    }
}
