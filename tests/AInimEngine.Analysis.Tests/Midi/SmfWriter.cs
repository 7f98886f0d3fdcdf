using System.Buffers.Binary;
using System.Text;

namespace AInimEngine.Analysis.Tests.Midi;

/// <summary>Writes Standard MIDI Files, running status included, so that the reader can be asked what was written.</summary>
internal sealed class SmfWriter(int division = 480, int format = 1)
{
    private readonly List<byte[]> _chunks = [];

    internal SmfWriter Track(params (long Tick, byte[] Message)[] events)
    {
        var bytes = new List<byte>();
        long now = 0;
        byte running = 0;
        foreach ((long tick, byte[] message) in events)
        {
            bytes.AddRange(Variable((int)(tick - now)));
            now = tick;
            bool voice = message[0] < 0xF0;
            bytes.AddRange(voice && message[0] == running ? message[1..] : message);
            running = voice ? message[0] : (byte)0;
        }
        bytes.AddRange([0, 0xFF, 0x2F, 0]);
        return Chunk("MTrk", [.. bytes]);
    }

    internal SmfWriter Chunk(string tag, byte[] content)
    {
        _chunks.Add([.. Encoding.ASCII.GetBytes(tag), .. Big(content.Length), .. content]);
        return this;
    }

    internal byte[] ToArray(int? trackCount = null) =>
    [
        .. "MThd"u8, .. Big(6), 0, (byte)format, .. Big(trackCount ?? _chunks.Count)[2..], .. Big(division)[2..],
        .. _chunks.SelectMany(chunk => chunk),
    ];

    internal static byte[] On(int channel, int pitch, int velocity) => [(byte)(0x90 | channel), (byte)pitch, (byte)velocity];

    internal static byte[] Off(int channel, int pitch) => [(byte)(0x80 | channel), (byte)pitch, 64];

    internal static byte[] Control(int channel, int number, int value) => [(byte)(0xB0 | channel), (byte)number, (byte)value];

    internal static byte[] Tempo(int microseconds) => Meta(0x51, Big(microseconds)[1..]);

    internal static byte[] Time(int numerator, int log2) => Meta(0x58, [(byte)numerator, (byte)log2, 24, 8]);

    internal static byte[] Key(int sharps, bool minor) => Meta(0x59, [(byte)sharps, (byte)(minor ? 1 : 0)]);

    internal static byte[] Name(string text) => Meta(0x03, Encoding.UTF8.GetBytes(text));

    internal static byte[] SysEx(int length) => [0xF0, .. Variable(length), .. Enumerable.Repeat((byte)0x55, length)];

    private static byte[] Meta(byte type, byte[] content) => [0xFF, type, .. Variable(content.Length), .. content];

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Variable(int value)
    {
        var bytes = new List<byte> { (byte)(value & 0x7F) };
        while ((value >>= 7) > 0)
            bytes.Insert(0, (byte)(0x80 | (value & 0x7F)));
        return [.. bytes];
    }
}
