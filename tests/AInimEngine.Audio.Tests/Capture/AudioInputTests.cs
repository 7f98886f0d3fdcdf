using System.Diagnostics;
using AInimEngine.Audio.Capture;
using AInimEngine.Audio.Devices;
using AInimEngine.Audio.Tests.Support;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Tests.Capture;

[Collection(PulseCollection.Name)]
public sealed class AudioInputTests
{
    private readonly PulseServer _pulse;

    public AudioInputTests(PulseServer pulse)
    {
        _pulse = pulse;
        pulse.Require();
    }

    [Fact]
    public void TheDevicesAreListedWithTheMonitorOfTheDefaultOutput()
    {
        IReadOnlyList<AudioDevice> devices = AudioDevices.List();
        Assert.Contains(devices, d => d is { Name: "Hall", Kind: AudioDeviceKind.Output, IsDefault: true });
        Assert.Contains(devices, d => d is { Name: "Monitor of Hall", Kind: AudioDeviceKind.Monitor, IsDefault: true, Channels: 2 });
        Assert.Equal("Monitor of Hall", AudioDevices.FindInput("monitor")!.Name);
        Assert.Equal("Monitor of Hall", AudioDevices.FindInput("hall")!.Name);
        Assert.Equal("Hall", AudioDevices.FindOutput("default")!.Name);
    }

    [Fact]
    public void WhatIsPlayedComesBackAtItsFrequencyAndLevel()
    {
        string tone = TestTone.Write(_pulse.PathOf("tone.raw"), TestTone.Sine(6, 0.5, left: 1000, right: 3000));
        using Process player = _pulse.Play("hall", tone);
        using AudioInput input = AudioInput.Open(new AudioInputSettings { Device = "monitor" });
        float[] heard = [];
        Patience.Until("the tone is heard", () => TestTone.Decibels(heard = input.Hear(0.1)) > -12);
        heard = input.Hear(0.5);
        player.Kill();
        Assert.Equal(0.5, TestTone.Amplitude(heard, 0, 1000), 0.005);
        Assert.Equal(0.5, TestTone.Amplitude(heard, 1, 3000), 0.005);
        Assert.True(TestTone.Amplitude(heard, 0, 3000) < 0.001, "the sides are not mixed");
        Assert.Equal(0, input.Lost);
    }

    [Fact]
    public void SoundComesAtItsRateInSmallDeliveriesWithTheTimeOfTheNewest()
    {
        using AudioInput input = AudioInput.Open(new AudioInputSettings { Device = "Monitor of Hall" });
        input.Hear(0.5);
        (long frames, long time) = (input.Position, input.Time);
        float[] buffer = new float[8192];
        int largest = 0;
        long oldest = 0;
        while (input.Position < frames + 48000)
        {
            Assert.True(input.Wait(TimeSpan.FromSeconds(2)));
            largest = Math.Max(largest, input.Available);
            input.Read(buffer);
            oldest = Math.Max(oldest, Stopwatch.GetTimestamp() - input.Time);
        }
        double seconds = (double)(input.Time - time) / Stopwatch.Frequency;
        TestContext.Current.TestOutputHelper?.WriteLine($"{(input.Position - frames) / seconds:0} Hz, at most {largest} samples at once, {1000.0 * oldest / Stopwatch.Frequency:0.0} ms old");
        Assert.Equal(48000, (input.Position - frames) / seconds, 48000 * 0.03);
        Assert.True(largest <= 4800, $"{largest} samples came at once");
    }

    [Fact]
    public void AnUnknownNameIsRefusedWithWhatThereIs()
    {
        var error = Assert.Throws<AInimException>(() => AudioInput.Open(new AudioInputSettings { Device = "Scarlett" }));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains("'Monitor of Hall'", error.Message, StringComparison.Ordinal);
    }
}
