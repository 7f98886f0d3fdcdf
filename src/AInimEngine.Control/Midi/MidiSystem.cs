using System.Net.Sockets;
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
        if (Directory.Exists("/dev/shm") && Directory.EnumerateFiles("/dev/shm", "jack_*_0").Any(Answers))
            return MidiApi.Jack;
        throw new AInimException(ExitCode.Environment, "this machine has no MIDI: there is neither /dev/snd/seq nor a JACK server. Load the kernel's module (modprobe snd-seq) or start JACK, or go on without MIDI.");
    }

    /// <summary>A server that was killed leaves its socket behind: only one at which somebody listens counts.</summary>
    private static bool Answers(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
