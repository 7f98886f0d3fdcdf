namespace AInimEngine.Control.Midi;

/// <summary>Takes MIDI messages from a device.</summary>
internal interface IMidiReceiver
{
    /// <summary>One whole message. The device's thread; must not throw.</summary>
    void Receive(ReadOnlySpan<byte> message);
}
