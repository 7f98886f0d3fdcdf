using AInimEngine.Cli.Output;
using AInimEngine.Control.Midi;
using AInimEngine.Core.Errors;

namespace AInimEngine.Cli.Verbs.Devices;

/// <summary>The MIDI ports, for <c>ainim devices</c>. A machine without MIDI is as good as any other, and says why it has none.</summary>
internal static class MidiText
{
    /// <summary>Writes them for people.</summary>
    public static void Write(TextWriter output)
    {
        (IReadOnlyList<string> ports, string? reason) = Find();
        output.WriteLine();
        output.WriteLine("MIDI inputs");
        foreach (string port in ports)
            output.WriteLine($"   {port,-48} --midi \"{MidiPortName.Device(port)}\"");
        if (ports.Count == 0)
            output.WriteLine($"   none{(reason is null ? ". Plug one in: it is found while a show runs." : $": {reason}")}");
    }

    /// <summary>Writes them for programs.</summary>
    public static void Write(JsonEvents events)
    {
        foreach (string port in Find().Ports)
            events.Write("midi", ("name", port), ("type", MidiPortName.Device(port)));
    }

    private static (IReadOnlyList<string> Ports, string? Reason) Find()
    {
        try
        {
            return (MidiSource.ListInputs(), null);
        }
        catch (AInimException error)
        {
            return ([], error.Message);
        }
    }
}
