using System.Globalization;
using AInimEngine.Audio.Capture;
using AInimEngine.Audio.Devices;
using AInimEngine.Audio.Tests.Support;
using AInimEngine.Engine.Benchmarks;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>A show under trouble. Short by default; AINIM_SOAK=180 tries it for three minutes, with the bounds of long runs.</summary>
[Collection(Pictures.One)]
public sealed class SoakTests : IDisposable
{
    // A short run's warm-up is not over: what is loaded for the first time still counts.
    private const double Short = 10, LongFrom = 120, ShortGrowth = 0.15, LongGrowth = 0.02, MostLateMs = 100, ShortLateMs = 400;

    private const int LeastSamples = 4;

    private readonly XServer _server = new();
    private readonly PulseServer _sound = new();

    public SoakTests() => Assert.SkipWhen(_server.Missing is not null, _server.Missing ?? "");

    public void Dispose()
    {
        _sound.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void AShowUnderTroubleKeepsItsMemoryAndItsFrames()
    {
        _sound.Require();
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("AINIM_SOAK"), CultureInfo.InvariantCulture, out double given) ? given : Short;
        bool isLong = seconds >= LongFrom;
        string module = _sound.Load("module-null-sink", "sink_name=stage", "sink_properties=device.description=Stage");
        AudioDevices.Refresh();
        using var source = LiveInput.Start(new AudioInputSettings { Device = "Monitor of Stage" });
        SoakReport report = SoakRun.Run(
            new SoakSettings { Length = TimeSpan.FromSeconds(seconds), ChangeSeconds = isLong ? 5 : 1.5, Losses = isLong ? 10 : 3, Width = 320, Height = 180, Server = _server.Name },
            source, away =>
            {
                if (away)
                    _sound.Unload(module);
                else
                    module = _sound.Load("module-null-sink", "sink_name=stage", "sink_properties=device.description=Stage");
            },
            TestContext.Current.TestOutputHelper is { } output ? new Told(output) : null, TestContext.Current.CancellationToken);
        Assert.True(report.Frames > 2 * seconds, $"{report.Frames} frames");
        Assert.True(report.Malformed > report.Sent / 50 && report.Received > report.Sent / 10, $"{report.Sent} sent, {report.Received} received, {report.Malformed} malformed");
        Assert.True(report.Losses >= (isLong ? 9 : 2) && report.Changes >= seconds / 20, $"{report.Losses} losses, {report.Changes} changes");
        Assert.True(report.Refusals >= (isLong ? seconds / 40 : 0), $"{report.Refusals} broken edits refused");
        Assert.InRange(report.LongestMs, 0, report.IdleMs + (isLong ? MostLateMs : ShortLateMs));
        // A slow machine has no three rounds in a short run.
        Assert.NotEmpty(report.Samples);
        Assert.InRange(report.Samples[^1].Threads, 1, report.Samples[report.Samples.Count / 4].Threads + 3);
        if (report.Samples.Count < LeastSamples && !isLong)
            return;
        Assert.InRange(report.ResidentGrowth, -1, isLong ? LongGrowth : ShortGrowth);
        Assert.InRange(report.ManagedGrowth, -1, isLong ? LongGrowth : ShortGrowth);
    }

    private sealed class Told(ITestOutputHelper output) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value) => output.WriteLine(value ?? "");
    }
}
