using AInimEngine.Rendering.Benchmarks;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests;

public sealed class WindowBenchmarkTests(XServer server) : IClassFixture<XServer>
{
    [Fact]
    public void TheTableTellsEveryStepOfAFrame()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        var output = new StringWriter();
        WindowBenchmark.Run(output, server.Name, 3, new PostChainSettings(160, 90, 40, 24, Blends: true));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in new[] { "window 160x90", "  chain ", "  present ", "  swap ", "  whole frame ", "  chain built in " })
            Assert.Contains(lines, line => line.StartsWith(name, StringComparison.Ordinal));
    }
}
