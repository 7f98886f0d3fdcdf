using System.Diagnostics;
using AInimEngine.Control.Interop;

namespace AInimEngine.Control.Midi;

/// <summary>A device that is listened to, and its output where it has one. Opened and closed by the source's thread.</summary>
internal sealed class MidiDevice : IMidiReceiver, IDisposable
{
    private readonly MidiSource _source;
    private readonly RtMidiHandle _input;
    private readonly MidiReader _reader = new();
    private RtMidiHandle? _output;

    private MidiDevice(MidiSource source, string port, RtMidiHandle input)
    {
        _source = source;
        Port = port;
        Name = MidiPortName.Device(port);
        _input = input;
    }

    /// <summary>The port's whole name.</summary>
    internal string Port { get; }

    /// <summary>The device's name, as in maps.</summary>
    internal string Name { get; }

    /// <summary>It can be sent to.</summary>
    internal bool HasOutput => _output is not null;

    /// <summary>Opens a port, and an output of the same device.</summary>
    /// <exception cref="Core.Errors.AInimException">The port cannot be opened.</exception>
    internal static MidiDevice Open(MidiSource source, MidiApi api, uint port, string name)
    {
        RtMidiHandle input = RtMidiHandle.Create(isInput: true, api);
        var device = new MidiDevice(source, name, input);
        try
        {
            input.Receive(device);
            input.Open(port, "in");
            device.OpenOutput(api);
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>A port of our own.</summary>
    internal static MidiDevice OpenVirtual(MidiSource source, MidiApi api)
    {
        RtMidiHandle input = RtMidiHandle.Create(isInput: true, api);
        var device = new MidiDevice(source, "virtual", input);
        try
        {
            input.Receive(device);
            input.OpenVirtual("control");
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> message) => _source.Receive(Name, _reader, message, Stopwatch.GetTimestamp());

    /// <summary>Sends a message; false when there is no output or it is gone.</summary>
    internal bool Send(ReadOnlySpan<byte> message) => _output?.Send(message) ?? false;

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _output?.Dispose();
    }

    private void OpenOutput(MidiApi api)
    {
        // What comes back through ALSA's own loop would move the row that it tells of.
        if (Name.StartsWith("Midi Through", StringComparison.Ordinal))
            return;
        RtMidiHandle output = RtMidiHandle.Create(isInput: false, api);
        foreach ((uint port, string name) in output.Ports())
        {
            if (MidiPortName.Device(name) != Name)
                continue;
            output.Open(port, "out");
            _output = output;
            return;
        }
        output.Dispose();
    }
}
