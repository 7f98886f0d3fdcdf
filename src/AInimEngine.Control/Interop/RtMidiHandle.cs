using System.Runtime.InteropServices;
using System.Text;
using AInimEngine.Control.Midi;

namespace AInimEngine.Control.Interop;

/// <summary>An RtMidi input or output: its client, and the port that it has open. One thread at a time.</summary>
internal sealed unsafe class RtMidiHandle : SafeHandle
{
    private const string ClientName = "AInimEngine";
    private const uint QueueLimit = 256;

    private readonly bool _isInput;
    private GCHandle _receiver;

    private RtMidiHandle(RtMidi.Wrapper* device, bool isInput)
        : base(0, ownsHandle: true)
    {
        _isInput = isInput;
        SetHandle((nint)device);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    private RtMidi.Wrapper* Device => (RtMidi.Wrapper*)handle;

    /// <summary>Opens a client of a system.</summary>
    /// <exception cref="Core.Errors.AInimException">RtMidi is missing, or the system is not there.</exception>
    /// <param name="isInput">An input, or else an output.</param>
    /// <param name="api">The system.</param>
    /// <param name="client">Name that others see.</param>
    internal static RtMidiHandle Create(bool isInput, MidiApi api, string client = ClientName)
    {
        fixed (byte* name = Text(client))
        {
            RtMidi.Wrapper* device = isInput ? RtMidi.Functions.InCreate((int)api, name, QueueLimit) : RtMidi.Functions.OutCreate((int)api, name);
            var made = new RtMidiHandle(device, isInput);
            try
            {
                RtMidi.Check(device, "cannot open MIDI");
                return made;
            }
            catch
            {
                made.Dispose();
                throw;
            }
        }
    }

    /// <summary>Names of the ports that can be opened, ours left out.</summary>
    internal List<(uint Port, string Name)> Ports()
    {
        var ports = new List<(uint, string)>();
        uint count = RtMidi.Functions.GetPortCount(Device);
        for (uint port = 0; port < count; port++)
        {
            string name = RtMidi.PortName(Device, port);
            if (name.Length > 0 && !name.StartsWith(ClientName, StringComparison.Ordinal))
                ports.Add((port, name));
        }
        return ports;
    }

    /// <summary>Connects to a port.</summary>
    internal void Open(uint port, string name)
    {
        Device->Ok = 1;
        fixed (byte* text = Text(name))
            RtMidi.Functions.OpenPort(Device, port, text);
        RtMidi.Check(Device, $"cannot open MIDI port {port}");
    }

    /// <summary>Makes a port of our own that others connect to.</summary>
    internal void OpenVirtual(string name)
    {
        Device->Ok = 1;
        fixed (byte* text = Text(name))
            RtMidi.Functions.OpenVirtualPort(Device, text);
        RtMidi.Check(Device, "cannot make a MIDI port");
    }

    /// <summary>From now on every message goes to a receiver, on RtMidi's thread. Clocks are heard, system-exclusive and sensing are not.</summary>
    internal void Receive(IMidiReceiver receiver)
    {
        RtMidi.Functions.InIgnoreTypes(Device, 1, 0, 1);
        _receiver = GCHandle.Alloc(receiver);
        RtMidi.Functions.InSetCallback(Device, &Received, (void*)GCHandle.ToIntPtr(_receiver));
        RtMidi.Check(Device, "cannot listen to MIDI");
    }

    /// <summary>Sends one message; false when the device is gone.</summary>
    internal bool Send(ReadOnlySpan<byte> message)
    {
        fixed (byte* bytes = message)
            return RtMidi.Functions.OutSendMessage(Device, bytes, message.Length) >= 0;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (_isInput)
        {
            if (_receiver.IsAllocated)
                RtMidi.Functions.InCancelCallback(Device);
            // Closing waits for the thread that calls back; only then nobody holds the receiver any more.
            RtMidi.Functions.InFree(Device);
            if (_receiver.IsAllocated)
                _receiver.Free();
        }
        else
        {
            RtMidi.Functions.OutFree(Device);
        }
        return true;
    }

    [UnmanagedCallersOnly]
    private static void Received(double since, byte* bytes, nuint length, void* receiver)
    {
        if (length is 0 or > 1024)
            return;
        // No exception may cross the native frame: the receiver keeps its own.
        ((IMidiReceiver)GCHandle.FromIntPtr((nint)receiver).Target!).Receive(new ReadOnlySpan<byte>(bytes, (int)length));
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
