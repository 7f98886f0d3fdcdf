using AInimEngine.Audio.Devices;
using AInimEngine.Control.Midi;
using AInimEngine.Core.Errors;
using AInimEngine.Rendering.Overlay;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Engine.Doctor;

/// <summary>Looks at what a show needs: windows, sound, letters, MIDI. A machine without them renders as well, so none of it is missing, only poor.</summary>
internal static class LiveExamination
{
    private const string Sdl = "apt-get install libsdl2-2.0-0";

    /// <summary>All findings.</summary>
    internal static IEnumerable<Finding> Run() => [Library(), Displays(), Font(), .. Sound(), Midi(), Cameras()];

    private static Finding Library()
    {
        try
        {
            return new Finding("SDL2", Health.Good, $"{WindowSystem.Version}: windows, sound");
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return new Finding("SDL2", Health.Poor, missing.Message, Sdl);
        }
    }

    private static Finding Displays()
    {
        try
        {
            using WindowSystem windows = WindowSystem.Open();
            return new Finding("displays", Health.Good, $"{string.Join("; ", windows.Displays)} ({windows.Driver})");
        }
        catch (AInimException error)
        {
            return new Finding("displays", Health.Poor, error.Message, "start it from a desktop, or set DISPLAY; renders need none");
        }
    }

    private static Finding Font()
    {
        try
        {
            return new Finding("font", Health.Good, FontFile.Check());
        }
        catch (AInimException error)
        {
            return new Finding("font", Health.Poor, error.Message, "apt-get install libfreetype6 fonts-dejavu-core");
        }
    }

    private static IEnumerable<Finding> Sound()
    {
        IReadOnlyList<AudioDevice> devices;
        string system;
        try
        {
            (devices, system) = (AudioDevices.List(), AudioDevices.System);
        }
        catch (AInimException error)
        {
            return [new Finding("sound", Health.Poor, error.Message, "apt-get install libsdl2-2.0-0 pipewire-pulse, and start the sound server")];
        }
        return
        [
            Devices("inputs", AudioDeviceKind.Input, "plug in a microphone or an interface, or listen to a monitor"),
            Devices("monitors", AudioDeviceKind.Monitor, AudioDevices.WithoutMonitors(system)),
            Devices("outputs", AudioDeviceKind.Output, "a file is played silently then"),
        ];

        Finding Devices(string subject, AudioDeviceKind kind, string remedy)
        {
            string[] names = [.. devices.Where(device => device.Kind == kind).Select(device => device.Name)];
            return names.Length > 0
                ? new Finding(subject, Health.Good, $"{string.Join("; ", names)} ({system})")
                : new Finding(subject, Health.Poor, $"none ({system})", remedy);
        }
    }

    private static Finding Midi()
    {
        try
        {
            IReadOnlyList<string> ports = MidiSource.ListInputs();
            return new Finding("MIDI", Health.Good, ports.Count > 0 ? string.Join("; ", ports) : "no device; one that is plugged in is found while a show runs");
        }
        catch (AInimException error)
        {
            return new Finding("MIDI", Health.Poor, error.Message, error.Message.Contains("librtmidi", StringComparison.Ordinal) ? "apt-get install librtmidi6" : "modprobe snd-seq, or start JACK; keys and OSC work without");
        }
    }

    // v4l2loopback says its name where the kernel lists its devices.
    private static Finding Cameras()
    {
        const string folder = "/sys/devices/virtual/video4linux";
        string[] devices = Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Select(device => $"/dev/{Path.GetFileName(device)}").Order(StringComparer.Ordinal)] : [];
        return devices.Length > 0
            ? new Finding("v4l2", Health.Good, $"{string.Join(", ", devices)}: --v4l2 makes a camera of the show")
            : new Finding("v4l2", Health.Good, "no loopback device; 'modprobe v4l2loopback' makes one (package v4l2loopback-dkms)");
    }
}
