using System.Diagnostics;
using AInimEngine.Audio.Capture;
using AInimEngine.Audio.Devices;
using AInimEngine.Audio.Tests.Support;

namespace AInimEngine.Audio.Tests.Capture;

/// <summary>Devices that are really taken away and given back.</summary>
[Collection(PulseCollection.Name)]
public sealed class LiveInputDeviceTests
{
    private readonly PulseServer _pulse;

    public LiveInputDeviceTests(PulseServer pulse)
    {
        _pulse = pulse;
        pulse.Require();
    }

    [Fact]
    public void ADeviceThatIsTakenAwayComesBackByItsNameAndSilenceFillsTheTime()
    {
        string module = _pulse.Load("module-null-sink", "sink_name=stage", "sink_properties=device.description=Stage");
        Patience.Until("the new output is listed", () => AudioDevices.List().Any(d => d.Name == "Monitor of Stage"));
        using LiveInput input = LiveInput.Start(new AudioInputSettings { Device = "stage" });
        long began = Stopwatch.GetTimestamp();
        Patience.Until("it listens", () => Drain(input) && input.Status.State == SoundState.Listening);

        _pulse.Unload(module);
        Patience.Until("the loss is noticed", () => Drain(input) && input.Status.State == SoundState.Lost, 2);
        Assert.StartsWith("lost Monitor of Stage, trying again in ", input.Status.InWords(Stopwatch.GetTimestamp()), StringComparison.Ordinal);
        float[] silence = input.Hear(0.3);
        Assert.True(TestTone.Decibels(silence) < -100);
        Assert.True(input.IsStandIn);

        module = _pulse.Load("module-null-sink", "sink_name=stage", "sink_properties=device.description=Stage");
        Patience.Until("it listens again", () => Drain(input) && input.Status.State == SoundState.Listening, 5);
        using Process player = _pulse.Play("stage", TestTone.Write(_pulse.PathOf("again.raw"), TestTone.Sine(3, 0.25)));
        Patience.Until("the tone is heard", () => TestTone.Decibels(input.Hear(0.05)) > -18);
        double seconds = (double)(Stopwatch.GetTimestamp() - began) / Stopwatch.Frequency;
        Drain(input);
        Assert.Equal(seconds, input.Position / 48000.0, 0.5);
        player.Kill();
        _pulse.Unload(module);
    }

    [Fact]
    public void TheMonitorOfTheDefaultOutputIsFollowedWhenAnotherBecomesTheDefault()
    {
        using LiveInput input = LiveInput.Start(new AudioInputSettings { Device = "monitor" });
        Patience.Until("it listens", () => input.Status is { State: SoundState.Listening, Device: "Monitor of Hall" });
        string module = _pulse.Load("module-null-sink", "sink_name=foyer", "sink_properties=device.description=Foyer");
        _pulse.Ask("set-default-sink", "foyer");
        Patience.Until("it follows", () => Drain(input) && input.Status is { State: SoundState.Listening, Device: "Monitor of Foyer" }, 5);
        _pulse.Ask("set-default-sink", "hall");
        Patience.Until("it comes back", () => Drain(input) && input.Status is { State: SoundState.Listening, Device: "Monitor of Hall" }, 5);
        _pulse.Unload(module);
    }

    private static bool Drain(LiveInput input)
    {
        float[] buffer = new float[8192];
        while (input.Read(buffer) > 0)
        {
        }
        return true;
    }
}
