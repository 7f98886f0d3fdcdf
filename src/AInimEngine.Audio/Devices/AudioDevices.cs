using AInimEngine.Audio.Interop;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Devices;

/// <summary>The sound devices of this machine. Any thread; a listing takes milliseconds, the first one in a process longer.</summary>
public static class AudioDevices
{
    /// <summary>What to ask for to get the system's default input, and to follow it.</summary>
    public const string Default = "default";

    /// <summary>What to ask for to hear what the computer plays: the monitor of the default output, followed.</summary>
    public const string Monitor = "monitor";

    private const string MonitorPrefix = "Monitor of ";

    /// <summary>The system that the devices belong to, as SDL calls it: "pulseaudio" (PipeWire too), "alsa", "wasapi", "coreaudio".</summary>
    /// <exception cref="AInimException">No SDL2, or no sound system.</exception>
    public static string System => SdlAudio.Use(static () => Sdl.Driver);

    /// <summary>All devices: inputs, then monitors, then outputs.</summary>
    /// <exception cref="AInimException">No SDL2, or no sound system.</exception>
    public static IReadOnlyList<AudioDevice> List() => SdlAudio.Use(static () =>
    {
        string? output = Sdl.DefaultDevice(capture: false), input = Sdl.DefaultDevice(capture: true);
        List<AudioDevice> heard = Read(capture: true), outputs = Read(capture: false);
        return (IReadOnlyList<AudioDevice>)
        [
            .. heard.Where(d => d.Kind == AudioDeviceKind.Input).Select(d => d with { IsDefault = d.Name == input }),
            .. heard.Where(d => d.Kind == AudioDeviceKind.Monitor).Select(d => d with { IsDefault = d.Name == MonitorPrefix + output }),
            .. outputs.Select(d => d with { IsDefault = d.Name == output }),
        ];
    });

    /// <summary>Looks afresh for sound servers and devices, unless a device is open in this process.</summary>
    public static void Refresh() => SdlAudio.Refresh();

    /// <summary>What to install or route where a sound system shows no monitors, in one or two sentences.</summary>
    /// <param name="system">Its name, as <see cref="System"/> gives it.</param>
    public static string WithoutMonitors(string system) => MonitorAdvice.For(system);

    /// <summary>The input or monitor that somebody means.</summary>
    /// <param name="wanted"><see cref="Default"/>, <see cref="Monitor"/>, a name, or a part of one that no other has.</param>
    /// <returns>The device; for <see cref="Default"/> null where the system has inputs but does not say which is its default.</returns>
    /// <exception cref="AInimException">There is none, or several have it in their names; says which there are.</exception>
    public static AudioDevice? FindInput(string wanted) => Choose(wanted, List(), () => System);

    /// <summary>The output that somebody means; null for <see cref="Default"/> where the system does not say which that is.</summary>
    /// <param name="wanted"><see cref="Default"/>, a name, or a part of one that no other has.</param>
    /// <exception cref="AInimException">There is none, or several have it in their names.</exception>
    public static AudioDevice? FindOutput(string wanted)
    {
        AudioDevice[] outputs = [.. List().Where(d => d.Kind == AudioDeviceKind.Output)];
        if (outputs.Length == 0)
            throw new AInimException(ExitCode.Input, $"cannot play: this machine has no sound output ({System}). Plug one in, or start a sound server.");
        return wanted == Default ? outputs.FirstOrDefault(d => d.IsDefault) : DeviceNames.Match(wanted, outputs, "sound output");
    }

    /// <summary>The choice among listed devices.</summary>
    internal static AudioDevice? Choose(string wanted, IReadOnlyList<AudioDevice> devices, Func<string> system)
    {
        AudioDevice[] heard = [.. devices.Where(d => d.Kind != AudioDeviceKind.Output)];
        if (wanted == Monitor)
            return heard.FirstOrDefault(d => d.Kind == AudioDeviceKind.Monitor && d.IsDefault)
                ?? heard.FirstOrDefault(d => d.Kind == AudioDeviceKind.Monitor)
                ?? throw MonitorAdvice.None(system());
        if (heard.Length == 0)
            throw new AInimException(ExitCode.Input, $"there is no sound input on this machine ({system()}). Plug one in, or start a sound server (PipeWire, PulseAudio); 'ainim devices' shows what there is.");
        if (wanted != Default)
            return DeviceNames.Match(wanted, heard, "sound input");
        if (heard.FirstOrDefault(d => d.IsDefault && d.Kind == AudioDeviceKind.Input) is { } input)
            return input;
        return heard.Any(d => d.Kind == AudioDeviceKind.Input)
            ? null
            : throw new AInimException(ExitCode.Input, $"there is no sound input on this machine, only monitors of outputs. Plug one in, or ask for '{Monitor}' to hear what the computer plays.");
    }

    private static List<AudioDevice> Read(bool capture)
    {
        var devices = new List<AudioDevice>();
        int count = Sdl.DeviceCount(capture);
        for (int i = 0; i < count; i++)
        {
            if (Sdl.DeviceName(i, capture) is not { Length: > 0 } name)
                continue;
            SdlAudioSpec spec = Sdl.DeviceSpec(i, capture);
            AudioDeviceKind kind = !capture ? AudioDeviceKind.Output
                : name.StartsWith(MonitorPrefix, StringComparison.Ordinal) ? AudioDeviceKind.Monitor
                : AudioDeviceKind.Input;
            devices.Add(new AudioDevice(name, kind, IsDefault: false, spec.Channels, spec.Frequency));
        }
        return devices;
    }
}
