using AInimEngine.Audio.Devices;

namespace AInimEngine.Cli.Verbs.Devices;

/// <summary>Sound devices as a person reads them.</summary>
internal static class DevicesText
{
    private const int LowestDb = -60, BarWidth = 30;

    /// <summary>Writes the table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="system">The sound system's name.</param>
    /// <param name="devices">All of them.</param>
    public static void Write(TextWriter output, string system, IReadOnlyList<AudioDevice> devices)
    {
        Group(output, "inputs", AudioDeviceKind.Input, devices, "none. Plug in a microphone or an interface, or listen to a monitor.");
        Group(output, "monitors: what an output plays", AudioDeviceKind.Monitor, devices, MonitorHint(system));
        Group(output, "outputs: where a file is played", AudioDeviceKind.Output, devices, "none. A file is played silently then.");
        output.WriteLine($"A part of a name will do. 'ainim devices --listen' shows which of them hears something. (sound system: {system})");
    }

    /// <summary>What to type after --input or --output to mean this device.</summary>
    public static string ToType(AudioDevice device) => device switch
    {
        { IsDefault: true, Kind: AudioDeviceKind.Monitor } => AudioDevices.Monitor,
        { IsDefault: true } => AudioDevices.Default,
        _ => device.Name,
    };

    /// <summary>"-12.3 dB |#####     |" of a linear peak.</summary>
    public static string Meter(float peak)
    {
        double decibels = 20 * Math.Log10(Math.Max(peak, 1e-6f));
        int filled = (int)Math.Clamp(Math.Ceiling((decibels - LowestDb) / -LowestDb * BarWidth), 0, BarWidth);
        return $"{decibels,6:0.0} dB |{new string('#', filled),-BarWidth}|";
    }

    private static void Group(TextWriter output, string title, AudioDeviceKind kind, IReadOnlyList<AudioDevice> devices, string none)
    {
        output.WriteLine(title);
        AudioDevice[] group = [.. devices.Where(d => d.Kind == kind)];
        string option = kind == AudioDeviceKind.Output ? "--output" : "--input";
        foreach (AudioDevice device in group)
        {
            string typed = ToType(device);
            string form = device.Channels > 0 ? $"{device.SampleRate / 1000.0:0.#} kHz, {device.Channels} {(device.Channels == 1 ? "channel" : "channels")}" : "";
            string mark = device.IsDefault ? "*" : " ";
            output.WriteLine($" {mark} {device.Name,-48} {form,-22} {(kind == AudioDeviceKind.Output ? "" : $"{option} {(typed.Contains(' ') ? $"\"{typed}\"" : typed)}")}".TrimEnd());
        }
        if (group.Length == 0)
            output.WriteLine($"   {none}");
        output.WriteLine();
    }

    private static string MonitorHint(string system) => $"none: {AudioDevices.WithoutMonitors(system)}";
}
