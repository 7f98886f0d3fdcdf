using AInimEngine.Rendering.Benchmarks;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Tests;

public sealed class RenderBenchmarkTests
{
    [Fact]
    public void TheTableNamesEveryPassWithItsCost()
    {
        var output = new StringWriter();
        RenderBenchmark.Run(output, RenderBenchmark.UsualChain, new PostChainSettings(160, 90, 40, 24));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in new[] { "upload", "upscale down", "displace+feedback", "bloom.glow_y", "bloom+grade+vignette", "grain+output", "readback", "sum", "whole frame" })
            Assert.Contains(lines, line => line.StartsWith(name + " ", StringComparison.Ordinal));
    }
}
