using AInimEngine.Core.Errors;

namespace AInimEngine.Control.Midi;

/// <summary>Which system carries MIDI here. Asked before RtMidi tries them: what is missing would write on the terminal.</summary>
internal static class MidiSystem
{
    /// <summary>The system to use.</summary>
    /// <exception cref="AInimException">There is none.</exception>
    internal static MidiApi Find()
    {
        if (!OperatingSystem.IsLinux())
            return MidiApi.Any;
        if (File.Exists("/dev/snd/seq"))
            return MidiApi.Alsa;
        if (Directory.Exists("/dev/shm") && Directory.EnumerateFileSystemEntries("/dev/shm", "jack*").Any())
            return MidiApi.Jack;
        throw new AInimException(ExitCode.Environment, "this machine has no MIDI: there is neither /dev/snd/seq nor a JACK server. Load the kernel's module (modprobe snd-seq) or start JACK, or go on without MIDI.");
    }
}
