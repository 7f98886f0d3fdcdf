using System.Globalization;
using AInimEngine.Audio.Tests.Support;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Cli.Tests;

/// <summary>Clicks into a real output, heard at its monitor and seen in a real window.</summary>
public sealed class LatencyTests : IDisposable
{
    private readonly XServer _server = new();
    private readonly PulseServer _sound = new();

    public LatencyTests() => Assert.SkipWhen(_server.Missing is not null, _server.Missing ?? "");

    public void Dispose()
    {
        _sound.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void EveryClickIsHeardAndSeen()
    {
        _sound.Require();
        var here = new Dictionary<string, string>(_sound.Environment) { ["DISPLAY"] = _server.Name, ["SDL_VIDEODRIVER"] = "x11" };
        Ainim.Result result = Ainim.Run(["live", "aurora", "--measure-latency", "--clicks", "6", "--size", "320x180", "--midi", "none", "--osc", "0"], here, null);
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Assert.Contains("6 of 6 clicks answered; the output's time is libpulse's", result.Output, StringComparison.Ordinal);
        double total = Median(result.Output, "sound due to picture changed"), drawing = Median(result.Output, "  drawing and showing");
        Assert.InRange(total, 5, 250);
        Assert.InRange(drawing, 0.1, total);
        Assert.InRange(Median(result.Output, "sound due to the generator's answer"), drawing, 2000);
    }

    private static double Median(string table, string row)
    {
        string line = table.Split('\n').Single(text => text.StartsWith(row, StringComparison.Ordinal));
        return double.Parse(line[36..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }
}
