using AInimEngine.Audio.Devices;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Tests.Devices;

public sealed class DeviceChoiceTests
{
    private static readonly AudioDevice[] s_devices =
    [
        new("Built-in Audio Analog Stereo", AudioDeviceKind.Input, IsDefault: false, 2, 48000),
        new("Scarlett 2i2 USB Analog Stereo", AudioDeviceKind.Input, IsDefault: true, 2, 44100),
        new("Monitor of Built-in Audio Analog Stereo", AudioDeviceKind.Monitor, IsDefault: true, 2, 48000),
        new("Monitor of Scarlett 2i2 USB Analog Stereo", AudioDeviceKind.Monitor, IsDefault: false, 2, 44100),
        new("Built-in Audio Analog Stereo", AudioDeviceKind.Output, IsDefault: true, 2, 48000),
    ];

    [Theory]
    [InlineData("default", "Scarlett 2i2 USB Analog Stereo")]
    [InlineData("monitor", "Monitor of Built-in Audio Analog Stereo")]
    [InlineData("scarlett", "Scarlett 2i2 USB Analog Stereo")]
    [InlineData("monitor of scarlett", "Monitor of Scarlett 2i2 USB Analog Stereo")]
    [InlineData("built-in audio analog stereo", "Built-in Audio Analog Stereo")]
    public void ADeviceIsFoundByWhatIsTypedOfIt(string typed, string name) =>
        Assert.Equal(name, AudioDevices.Choose(typed, s_devices, () => "pulseaudio")!.Name);

    [Fact]
    public void SeveralThatFitAreNamed()
    {
        var error = Assert.Throws<AInimException>(() => AudioDevices.Choose("analog", s_devices, () => "pulseaudio"));
        Assert.Contains("in the name of 4 sound inputs", error.Message, StringComparison.Ordinal);
        Assert.Contains("Type more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMistypedNameIsAnsweredWithTheNearestFirst()
    {
        var error = Assert.Throws<AInimException>(() => AudioDevices.Choose("Scralett 2i2", s_devices, () => "pulseaudio"));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains("there is 'Scarlett 2i2 USB Analog Stereo',", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alsa", "pipewire-pulse")]
    [InlineData("pipewire", "SDL_AUDIODRIVER=pulseaudio")]
    [InlineData("wasapi", "Stereo Mix")]
    [InlineData("coreaudio", "BlackHole")]
    [InlineData("pulseaudio", "module-null-sink")]
    public void WithoutMonitorsItSaysWhatToInstallOrRoute(string system, string advice)
    {
        var error = Assert.Throws<AInimException>(() => AudioDevices.Choose("monitor", s_devices[..2], () => system));
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AMachineThatHasOnlyMonitorsPointsAtThem()
    {
        var error = Assert.Throws<AInimException>(() => AudioDevices.Choose("default", s_devices[2..], () => "pulseaudio"));
        Assert.Contains("'monitor'", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<AInimException>(() => AudioDevices.Choose("default", s_devices[4..], () => "alsa"));
        Assert.Contains("no sound input", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", "xxabcxx", 0)]
    [InlineData("abc", "xxabxx", 1)]
    [InlineData("abc", "", 3)]
    [InlineData("ABC", "abc", 0)]
    public void DistanceCountsWhatMustChange(string wanted, string name, int changes) =>
        Assert.Equal(changes, DeviceNames.Distance(wanted, name));
}
