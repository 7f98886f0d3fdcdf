namespace AInimEngine.Control.Midi;

/// <summary>
/// Makes movements of one device's messages, joining pairs of controllers to 14 bits. Whole messages only, as RtMidi gives
/// them; what it does not know it passes over. One thread; allocates nothing.
/// </summary>
internal sealed class MidiReader
{
    private const int Channels = 16, Pairs = 32;

    private readonly byte[] _coarse = new byte[Channels * Pairs];
    private readonly bool[] _hasFine = new bool[Channels * Pairs];
    private readonly int[] _nrpn = new int[Channels];
    private readonly int[] _data = new int[Channels];

    /// <summary>Reads a message of a channel.</summary>
    /// <param name="message">Status and data bytes.</param>
    /// <param name="first">The movement itself.</param>
    /// <param name="second">The same as part of a pair or an NRPN; its <see cref="MidiMove.Most"/> is 0 when there is none.</param>
    /// <returns>False of what is no movement.</returns>
    internal bool TryRead(ReadOnlySpan<byte> message, out MidiMove first, out MidiMove second)
    {
        first = second = default;
        if (message.Length < 2 || message[0] is < 0x80 or >= 0xF0 || message[1] > 127)
            return false;
        int channel = message[0] & 15, number = message[1], value = message.Length > 2 ? message[2] : 0;
        if (value > 127)
            return false;
        switch (message[0] >> 4)
        {
            case 8 when message.Length > 2:
                first = new MidiMove(MidiKind.Note, channel + 1, number, 0, 127);
                return true;
            case 9 when message.Length > 2:
                first = new MidiMove(MidiKind.Note, channel + 1, number, value, 127);
                return true;
            case 11 when message.Length > 2:
                first = new MidiMove(MidiKind.Control, channel + 1, number, value, 127);
                second = Pair(channel, number, value);
                return true;
            case 12:
                first = new MidiMove(MidiKind.Program, channel + 1, number, 127, 127);
                return true;
            case 13:
                first = new MidiMove(MidiKind.Pressure, channel + 1, 0, number, 127);
                return true;
            case 14 when message.Length > 2:
                first = new MidiMove(MidiKind.Bend, channel + 1, 0, value << 7 | number, 16383);
                return true;
            default:
                return false;
        }
    }

    private MidiMove Pair(int channel, int number, int value)
    {
        switch (number)
        {
            case 99:
                _nrpn[channel] = (_nrpn[channel] & 127) | value << 7 | 1 << 14;
                return default;
            case 98:
                _nrpn[channel] = (_nrpn[channel] & ~127) | value | 1 << 15;
                return default;
            case 100 or 101:
                // A registered parameter: its data are not ours.
                _nrpn[channel] = 0;
                return default;
            case 6 when _nrpn[channel] >> 14 == 3:
                _data[channel] = value << 7;
                return new MidiMove(MidiKind.Nrpn, channel + 1, _nrpn[channel] & 16383, _data[channel], 16383);
            case 38 when _nrpn[channel] >> 14 == 3:
                _data[channel] = (_data[channel] & ~127) | value;
                return new MidiMove(MidiKind.Nrpn, channel + 1, _nrpn[channel] & 16383, _data[channel], 16383);
            case < Pairs:
                int at = channel * Pairs + number;
                _coarse[at] = (byte)value;
                // Where the fine half comes too, it follows at once, and the coarse half alone would be a step back.
                return _hasFine[at] ? default : new MidiMove(MidiKind.Control14, channel + 1, number, value << 7, 16383);
            case < 2 * Pairs:
                int pair = channel * Pairs + number - Pairs;
                _hasFine[pair] = true;
                return new MidiMove(MidiKind.Control14, channel + 1, number - Pairs, _coarse[pair] << 7 | value, 16383);
            default:
                return default;
        }
    }
}
